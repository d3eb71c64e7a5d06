/**
 * Facts about the machine, the system and the user: /proc, and the C library where there is no file
 * to read.
 */
@NullMarked
package dev.nodule.core.os;

import org.jspecify.annotations.NullMarked;
