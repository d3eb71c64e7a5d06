/** Symmetric ciphers that the JDK does not have, or not in the way that OpenSSL has them. */
@NullMarked
package dev.nodule.core.crypto.ciphers;

import org.jspecify.annotations.NullMarked;
