/** The C library, loaded at the first call that needs it. */
@NullMarked
package dev.nodule.posix;

import org.jspecify.annotations.NullMarked;
