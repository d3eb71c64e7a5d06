/** What is in an image, why, and at what cost. */
@NullMarked
package dev.nodule.builder.report;

import org.jspecify.annotations.NullMarked;
