/** Bootstrap of a realm: process, ticks, the registry of core modules, internal requires. */
@NullMarked
package dev.nodule.runtime;

import org.jspecify.annotations.NullMarked;
