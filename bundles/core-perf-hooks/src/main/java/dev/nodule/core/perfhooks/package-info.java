/** Clocks of the process and its loop. */
@NullMarked
package dev.nodule.core.perfhooks;

import org.jspecify.annotations.NullMarked;
