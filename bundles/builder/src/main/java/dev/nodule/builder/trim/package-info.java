/** Jars with the classes that can be reached. */
@NullMarked
package dev.nodule.builder.trim;

import org.jspecify.annotations.NullMarked;
