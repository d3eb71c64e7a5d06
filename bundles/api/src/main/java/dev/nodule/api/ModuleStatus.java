package dev.nodule.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A core module of a running process.
 *
 * @param version of the current revision; null while there is no provider
 * @param shipped the version that the image came with; null for a module that was added
 * @param previous what {@code rollback} brings back; null if there is nothing
 * @param ids what {@code require} finds it by
 * @param loaded whether a realm has evaluated it
 * @param calls of its functions from outside, since the process started, all realms
 * @param errors how many of those threw
 * @param handles open sockets, servers, timers and requests of the current revision
 * @param draining those of earlier revisions
 */
public record ModuleStatus(
    String name,
    @Nullable String version,
    @Nullable String shipped,
    @Nullable String previous,
    List<String> ids,
    boolean loaded,
    long calls,
    long errors,
    int handles,
    int draining) {}
