package dev.nodule.builder.closure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A bundle of a distribution that provides a core module.
 *
 * @param module the module's name
 * @param ids what programs may require
 * @param jar the bundle
 * @param headers the main section of its manifest
 */
public record CoreBundle(String module, List<String> ids, Path jar, Map<String, String> headers) {}
