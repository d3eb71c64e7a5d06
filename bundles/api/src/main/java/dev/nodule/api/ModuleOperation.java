package dev.nodule.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of {@link ModuleManager} did, or why it was refused.
 *
 * @param kind {@code swap}, {@code update}, {@code rollback}, {@code stop}, {@code start} or {@code
 *     automatic-rollback}
 * @param changes what became of each module; empty if it was refused
 * @param prepareMillis from the request to the safe point, while the old revision served
 * @param switchMillis how long the longest safe point took
 * @param refusal null unless it was refused
 */
public record ModuleOperation(
    String kind,
    Instant at,
    List<Change> changes,
    double prepareMillis,
    double switchMillis,
    @Nullable ModuleOperationException refusal) {

  /**
   * @param from the version before; null if there was no provider
   * @param to the version from now on; null if there is no provider
   * @param draining handles that stay with earlier revisions until they are closed
   */
  public record Change(String module, @Nullable String from, @Nullable String to, int draining) {}
}
