/**
 * Figures about core modules and event loops for whoever watches a process; nothing of it is loaded
 * unless asked for.
 */
@NullMarked
package dev.nodule.metrics;

import org.jspecify.annotations.NullMarked;
