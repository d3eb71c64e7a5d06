/** Shared secrets: Diffie-Hellman, elliptic curves, key encapsulation; and primes. */
@NullMarked
package dev.nodule.core.crypto.agreement;

import org.jspecify.annotations.NullMarked;
