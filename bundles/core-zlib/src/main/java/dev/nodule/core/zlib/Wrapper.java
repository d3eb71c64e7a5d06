package dev.nodule.core.zlib;

/** What stands around the deflated data. */
enum Wrapper {
  /** RFC 1951: nothing. */
  RAW,
  /** RFC 1950. */
  ZLIB,
  /** RFC 1952. */
  GZIP,
  /** Gzip or zlib, by the first bytes. For decompression. */
  DETECT
}
