package dev.nodule.runtime;

import java.io.OutputStream;

/**
 * Where an application writes that shares its process with others.
 *
 * @param output for what Node.js writes to descriptor 1
 * @param error for what Node.js writes to descriptor 2
 */
public record StandardOutput(OutputStream output, OutputStream error) {}
