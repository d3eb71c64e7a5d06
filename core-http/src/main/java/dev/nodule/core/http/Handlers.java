package dev.nodule.core.http;

import dev.nodule.api.Callback;

/**
 * The JavaScript functions that take what parsers find; their {@code this} is the parser's owner.
 *
 * @param head flags, method or status, target or reason, field block; what becomes of the body
 * @param body a Buffer
 * @param complete the block of trailers
 * @param executed after what a stream fed: octets used, or an error
 * @param ended a stream that fed a parser ended (0) or failed (negative errno)
 */
record Handlers(
    Callback head, Callback body, Callback complete, Callback executed, Callback ended) {}
