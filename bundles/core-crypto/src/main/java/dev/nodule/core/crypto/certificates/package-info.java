/** X.509 certificates as Node.js shows them. */
@NullMarked
package dev.nodule.core.crypto.certificates;

import org.jspecify.annotations.NullMarked;
