/** Differences between two packages, in the form of git's patches. */
@org.jspecify.annotations.NullMarked
package dev.nodule.npm.diff;
