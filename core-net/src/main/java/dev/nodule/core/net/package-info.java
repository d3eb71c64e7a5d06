/** Sockets and listening sockets on the loop's own thread. */
@NullMarked
package dev.nodule.core.net;

import org.jspecify.annotations.NullMarked;
