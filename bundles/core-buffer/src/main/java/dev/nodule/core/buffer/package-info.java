/** What {@code Buffer} does to bytes. */
@NullMarked
package dev.nodule.core.buffer;

import org.jspecify.annotations.NullMarked;
