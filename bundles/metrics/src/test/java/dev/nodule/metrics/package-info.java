@NullMarked
package dev.nodule.metrics;

import org.jspecify.annotations.NullMarked;
