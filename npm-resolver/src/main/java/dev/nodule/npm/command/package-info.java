/** The commands of the command line, one per class. */
@org.jspecify.annotations.NullMarked
package dev.nodule.npm.command;
