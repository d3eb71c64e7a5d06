/** Tests of encodings and of the search in bytes. */
@NullMarked
package dev.nodule.core.buffer;

import org.jspecify.annotations.NullMarked;
