/** Tests of certificates, keys and the first message of a handshake. */
@NullMarked
package dev.nodule.core.tls;

import org.jspecify.annotations.NullMarked;
