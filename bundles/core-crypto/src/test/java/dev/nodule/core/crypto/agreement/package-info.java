@NullMarked
package dev.nodule.core.crypto.agreement;

import org.jspecify.annotations.NullMarked;
