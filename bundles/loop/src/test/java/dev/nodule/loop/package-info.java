/** Tests of the loop's order and life. */
@NullMarked
package dev.nodule.loop;

import org.jspecify.annotations.NullMarked;
