/** Operations on the core modules of a running process; see docs/hot-swap.md. */
@NullMarked
package dev.nodule.swap;

import org.jspecify.annotations.NullMarked;
