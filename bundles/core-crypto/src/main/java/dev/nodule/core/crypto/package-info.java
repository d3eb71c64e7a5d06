/**
 * Digests, MACs, key derivation, random numbers and symmetric ciphers, by the JDK and, for what it
 * lacks, Bouncy Castle.
 */
@NullMarked
package dev.nodule.core.crypto;

import org.jspecify.annotations.NullMarked;
