/** Tests of the loader's system calls. */
@NullMarked
package dev.nodule.loader;

import org.jspecify.annotations.NullMarked;
