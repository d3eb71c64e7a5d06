@NullMarked
package dev.nodule.core.crypto.ciphers;

import org.jspecify.annotations.NullMarked;
