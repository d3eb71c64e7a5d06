/** The URL standard of the WHATWG: parsing, hosts, domain names. */
@NullMarked
package dev.nodule.core.url;

import org.jspecify.annotations.NullMarked;
