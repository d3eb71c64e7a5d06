/** Scripts of packages: which may run, in which environment, in which order. */
@org.jspecify.annotations.NullMarked
package dev.nodule.npm.script;
