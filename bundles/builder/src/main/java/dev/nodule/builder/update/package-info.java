/** What changes from one image to another, and updates that carry it to running processes. */
@NullMarked
package dev.nodule.builder.update;

import org.jspecify.annotations.NullMarked;
