/** The folder of an image, and its ahead-of-time cache. */
@NullMarked
package dev.nodule.builder.image;

import org.jspecify.annotations.NullMarked;
