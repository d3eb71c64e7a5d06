/** Tests of the algorithms with published vectors. */
@NullMarked
package dev.nodule.core.crypto;

import org.jspecify.annotations.NullMarked;
