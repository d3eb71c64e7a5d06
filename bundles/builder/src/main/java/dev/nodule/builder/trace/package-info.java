/** What an application loads: by reading it, and by running it. */
@NullMarked
package dev.nodule.builder.trace;

import org.jspecify.annotations.NullMarked;
