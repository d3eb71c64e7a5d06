/** Tests of the values that the contracts are made of. */
@NullMarked
package dev.nodule.api;

import org.jspecify.annotations.NullMarked;
