/** Calls of this machine's own C library. */
@NullMarked
package dev.nodule.posix;

import org.jspecify.annotations.NullMarked;
