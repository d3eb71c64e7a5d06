/** The Java runtime of an image. */
@NullMarked
package dev.nodule.builder.java;

import org.jspecify.annotations.NullMarked;
