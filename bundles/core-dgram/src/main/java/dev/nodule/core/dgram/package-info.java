/** The core module dgram. */
@NullMarked
package dev.nodule.core.dgram;

import org.jspecify.annotations.NullMarked;
