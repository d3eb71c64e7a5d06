/**
 * The contracts between the runtime and the core modules; no implementation of the runtime is here.
 */
@NullMarked
package dev.nodule.api;

import org.jspecify.annotations.NullMarked;
