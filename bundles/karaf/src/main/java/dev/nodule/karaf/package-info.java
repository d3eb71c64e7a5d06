/** Nodule in a real Apache Karaf. */
@NullMarked
package dev.nodule.karaf;

import org.jspecify.annotations.NullMarked;
