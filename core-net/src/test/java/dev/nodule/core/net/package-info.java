/** Tests of addresses and bytes as text. */
@NullMarked
package dev.nodule.core.net;

import org.jspecify.annotations.NullMarked;
