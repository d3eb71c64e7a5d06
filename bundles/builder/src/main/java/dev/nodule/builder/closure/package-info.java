/** The core modules that an image needs, by their bundles' capabilities. */
@NullMarked
package dev.nodule.builder.closure;

import org.jspecify.annotations.NullMarked;
