/** The files of a package, and the archive made of them. */
@org.jspecify.annotations.NullMarked
package dev.nodule.npm.pack;
