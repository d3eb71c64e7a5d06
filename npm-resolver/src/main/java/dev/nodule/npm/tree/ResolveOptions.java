package dev.nodule.npm.tree;

import java.util.Set;

/** What the command line and the configuration say about resolution. */
public record ResolveOptions(
    boolean force,
    boolean legacyPeerDeps,
    boolean strictPeerDeps,
    boolean preferDedupe,
    boolean complete,
    String installStrategy,
    Set<String> updateNames,
    Set<String> omit,
    boolean engineStrict,
    Platform platform,
    Set<String> warnings) {}
