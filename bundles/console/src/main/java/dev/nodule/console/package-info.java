/**
 * Operators' ways to a running process. The process has a Unix domain socket that only its owner
 * can open ({@link AdminSocket}); the launcher's commands ({@link AdminMain}) talk to it in lines
 * of JSON.
 */
@NullMarked
package dev.nodule.console;

import org.jspecify.annotations.NullMarked;
