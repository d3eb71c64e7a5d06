/** Tests of realms, on the engine's interpreter. */
@NullMarked
package dev.nodule.engine;

import org.jspecify.annotations.NullMarked;
