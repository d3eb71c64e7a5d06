/** HTTP/2 sessions (RFC 9113) for the core module http2. */
@NullMarked
package dev.nodule.core.http2;

import org.jspecify.annotations.NullMarked;
