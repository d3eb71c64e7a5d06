/** Message ports and the loop. */
@NullMarked
package dev.nodule.core.workerthreads;

import org.jspecify.annotations.NullMarked;
