/** Tests of the command line. */
@NullMarked
package dev.nodule.launcher;

import org.jspecify.annotations.NullMarked;
