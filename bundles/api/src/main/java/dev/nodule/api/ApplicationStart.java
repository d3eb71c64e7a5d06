package dev.nodule.api;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What an application is started with.
 *
 * @param commandLine options, the script and its arguments, as behind {@code node}
 * @param directory where it starts; a script's relative path is resolved against it
 * @param output where its standard output goes; written to by the application's thread
 * @param error where its standard error goes
 */
public record ApplicationStart(
    List<String> commandLine, Path directory, OutputStream output, OutputStream error) {}
