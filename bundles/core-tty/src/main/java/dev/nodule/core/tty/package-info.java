/** Terminals. */
@NullMarked
package dev.nodule.core.tty;

import org.jspecify.annotations.NullMarked;
