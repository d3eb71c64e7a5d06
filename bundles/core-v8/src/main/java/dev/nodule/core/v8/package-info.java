/** What {@code node:v8} tells of the memory, from the JVM's own management interfaces. */
@NullMarked
package dev.nodule.core.v8;

import org.jspecify.annotations.NullMarked;
