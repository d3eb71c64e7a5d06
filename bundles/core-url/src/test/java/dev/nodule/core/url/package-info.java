/** Tests of the URL standard's algorithms. */
@NullMarked
package dev.nodule.core.url;

import org.jspecify.annotations.NullMarked;
