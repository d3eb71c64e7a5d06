/** {@code nodule dist}: the command. */
@NullMarked
package dev.nodule.builder;

import org.jspecify.annotations.NullMarked;
