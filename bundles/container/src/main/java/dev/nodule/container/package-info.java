/**
 * Nodule as a guest: what the launcher does for a process of its own, these classes do in a
 * framework that others started. {@link ContainerActivator} offers {@link
 * dev.nodule.api.ApplicationRunner}, {@link dev.nodule.api.ModuleManager} and the commands of a
 * Gogo shell.
 */
@NullMarked
package dev.nodule.container;

import org.jspecify.annotations.NullMarked;
