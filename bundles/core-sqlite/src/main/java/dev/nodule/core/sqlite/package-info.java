/** SQLite, called through the table of functions that it gives to its extensions. */
@NullMarked
package dev.nodule.core.sqlite;

import org.jspecify.annotations.NullMarked;
