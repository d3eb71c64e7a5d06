/**
 * The compression behind {@code zlib}: codecs that turn bytes into bytes, and know nothing of
 * streams.
 */
@NullMarked
package dev.nodule.core.zlib;

import org.jspecify.annotations.NullMarked;
