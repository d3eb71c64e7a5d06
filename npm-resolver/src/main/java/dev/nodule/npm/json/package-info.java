@NullMarked
package dev.nodule.npm.json;

import org.jspecify.annotations.NullMarked;
