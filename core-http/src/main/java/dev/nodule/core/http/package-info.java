/**
 * HTTP/1: the parser of messages (RFC 9112) and what the JavaScript of {@code http} may call of it.
 */
@NullMarked
package dev.nodule.core.http;

import org.jspecify.annotations.NullMarked;
