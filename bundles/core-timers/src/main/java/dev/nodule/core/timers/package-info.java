/** The core module {@code timers}. */
@NullMarked
package dev.nodule.core.timers;

import org.jspecify.annotations.NullMarked;
