/** Archives and packages of an image. */
@NullMarked
package dev.nodule.builder.format;

import org.jspecify.annotations.NullMarked;
