/**
 * The event loop: one thread that runs timers, Netty's I/O, immediates and closing handles in
 * libuv's order.
 */
@NullMarked
package dev.nodule.loop;

import org.jspecify.annotations.NullMarked;
