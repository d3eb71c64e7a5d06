package dev.nodule.runtime;

import dev.nodule.api.LockTable;
import dev.nodule.api.MessageEnd;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the realms of one application's threads know of one another. Thread-safe. */
final class ApplicationThreads {
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, MessageEnd> inboxes = new ConcurrentHashMap<>();
  private final Map<String, Set<MessageEnd>> channels = new ConcurrentHashMap<>();

  private final LockTable locks = new LockTable();

  LockTable locks() {
    return locks;
  }

  int nextId() {
    return lastId.incrementAndGet();
  }

  @Nullable MessageEnd inbox(int id) {
    return inboxes.get(id);
  }

  void setInbox(int id, MessageEnd inbox) {
    inboxes.put(id, inbox);
  }

  void removeInbox(int id) {
    MessageEnd inbox = inboxes.remove(id);
    if (inbox != null) {
      inbox.close();
    }
  }

  Set<MessageEnd> channel(String name) {
    return channels.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet());
  }
}
