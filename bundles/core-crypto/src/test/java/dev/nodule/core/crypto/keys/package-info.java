@NullMarked
package dev.nodule.core.crypto.keys;

import org.jspecify.annotations.NullMarked;
