/** Name resolution: the system's, and DNS over UDP and TCP. */
@NullMarked
package dev.nodule.core.dns;

import org.jspecify.annotations.NullMarked;
