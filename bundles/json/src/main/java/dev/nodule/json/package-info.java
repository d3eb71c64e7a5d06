@NullMarked
package dev.nodule.json;

import org.jspecify.annotations.NullMarked;
