@NullMarked
package dev.nodule.npm.registry;

import org.jspecify.annotations.NullMarked;
