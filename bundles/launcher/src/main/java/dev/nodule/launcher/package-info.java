/** The process's entry point: command line, OSGi framework, first realm. */
@NullMarked
package dev.nodule.launcher;

import org.jspecify.annotations.NullMarked;
