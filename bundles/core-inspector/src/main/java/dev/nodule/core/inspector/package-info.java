/** The module {@code inspector}: where clients of the Chrome DevTools protocol connect. */
@NullMarked
package dev.nodule.core.inspector;

import org.jspecify.annotations.NullMarked;
