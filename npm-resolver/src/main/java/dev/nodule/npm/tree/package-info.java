@NullMarked
package dev.nodule.npm.tree;

import org.jspecify.annotations.NullMarked;
