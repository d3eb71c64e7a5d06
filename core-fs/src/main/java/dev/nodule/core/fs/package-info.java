/**
 * File system calls: POSIX through the C library, behind one small class for each family of calls.
 */
@NullMarked
package dev.nodule.core.fs;

import org.jspecify.annotations.NullMarked;
