@NullMarked
package dev.nodule.npm.install;

import org.jspecify.annotations.NullMarked;
