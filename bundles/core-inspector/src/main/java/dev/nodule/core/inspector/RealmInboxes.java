package dev.nodule.core.inspector;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The inboxes of the realms of this process, by the numbers of their threads. */
final class RealmInboxes {
  private static final Map<Integer, Inbox> INBOXES = new ConcurrentHashMap<>();

  private RealmInboxes() {}

  static @Nullable Object enter(int thread, Inbox inbox) {
    INBOXES.put(thread, inbox);
    return null;
  }

  static @Nullable Object leave(int thread, Inbox inbox) {
    INBOXES.remove(thread, inbox);
    return null;
  }

  static @Nullable Inbox of(int thread) {
    return INBOXES.get(thread);
  }
}
