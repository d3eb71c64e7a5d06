/** The globals of the Fetch standard and its kin. */
@NullMarked
package dev.nodule.core.fetch;

import org.jspecify.annotations.NullMarked;
