/**
 * GraalJS behind Nodule's own terms: the one place (with packages named {@code nodes}) that knows
 * its internals.
 */
@NullMarked
package dev.nodule.engine;

import org.jspecify.annotations.NullMarked;
