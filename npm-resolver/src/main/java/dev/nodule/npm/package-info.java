@NullMarked
package dev.nodule.npm;

import org.jspecify.annotations.NullMarked;
