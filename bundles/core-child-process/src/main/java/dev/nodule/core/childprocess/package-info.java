/** Child processes by posix_spawn(3). */
@NullMarked
package dev.nodule.core.childprocess;

import org.jspecify.annotations.NullMarked;
