/** Tests of what is shared by all realms. */
@NullMarked
package dev.nodule.runtime;

import org.jspecify.annotations.NullMarked;
