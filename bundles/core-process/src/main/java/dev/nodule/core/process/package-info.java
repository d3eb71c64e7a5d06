/** The process: credentials, signals, resource usage, standard streams. */
@NullMarked
package dev.nodule.core.process;

import org.jspecify.annotations.NullMarked;
