/** Services of other bundles for JavaScript: {@code require('osgi:dev.example.Service')}. */
@NullMarked
package dev.nodule.core.osgi;

import org.jspecify.annotations.NullMarked;
