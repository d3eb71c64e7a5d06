/** Signatures, and encryption by RSA. */
@NullMarked
package dev.nodule.core.crypto.signatures;

import org.jspecify.annotations.NullMarked;
