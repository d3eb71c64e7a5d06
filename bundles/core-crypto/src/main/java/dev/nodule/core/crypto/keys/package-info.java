/** Keys of pairs: reading, writing, generating and describing them. */
@NullMarked
package dev.nodule.core.crypto.keys;

import org.jspecify.annotations.NullMarked;
