@NullMarked
package dev.nodule.npm.semver;

import org.jspecify.annotations.NullMarked;
