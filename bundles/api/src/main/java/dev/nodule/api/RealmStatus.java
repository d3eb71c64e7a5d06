package dev.nodule.api;

/**
 * @param name {@code main}, or a worker's
 * @param idleNanos what its loop has spent waiting, since it started
 * @param lagMillis how late the loop came to the last probe
 * @param handles what keeps its loop alive
 */
public record RealmStatus(String name, long idleNanos, double lagMillis, int handles) {}
