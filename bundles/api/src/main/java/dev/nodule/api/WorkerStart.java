package dev.nodule.api;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a JavaScript thread is started with.
 *
 * @param name for those who look at the process
 * @param parent its end of the channel to the realm that starts it
 * @param environment its own; null shares that of the starting realm
 * @param execArgv its options as on a command line; null for those of the starting realm
 * @param nodeOptions further options, as in {@code NODE_OPTIONS}; null for those of the starting
 *     realm
 * @param stackMegabytes how deep its stack may become, in V8's measure
 * @param ended is told the exit code on the starting realm's loop, when the thread is gone
 */
public record WorkerStart(
    String name,
    MessageEnd parent,
    @Nullable Map<String, String> environment,
    @Nullable List<String> execArgv,
    @Nullable String nodeOptions,
    double stackMegabytes,
    IntConsumer ended) {}
