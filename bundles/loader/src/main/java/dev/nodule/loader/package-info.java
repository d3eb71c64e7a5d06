/** The natives of module loading: what is at a path, and what it says. */
@NullMarked
package dev.nodule.loader;

import org.jspecify.annotations.NullMarked;
