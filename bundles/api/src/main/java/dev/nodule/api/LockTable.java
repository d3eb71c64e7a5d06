package dev.nodule.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Locks by name that all threads of an application share, as the Web Locks standard has them.
 * Thread-safe; who asks is told on the thread that grants or steals, and goes to its own from
 * there.
 */
public final class LockTable {
  /** One request: pending, held, or over. */
  public static final class Request {
    private final String name;
    private final boolean exclusive;
    private final String client;
    private final Runnable granted;
    private final Runnable stolen;

    private Request(
        String name, boolean exclusive, String client, Runnable granted, Runnable stolen) {
      this.name = name;
      this.exclusive = exclusive;
      this.client = client;
      this.granted = granted;
      this.stolen = stolen;
    }

    public String name() {
      return name;
    }

    public boolean exclusive() {
      return exclusive;
    }

    /** Whose request it is. */
    public String client() {
      return client;
    }
  }

  /** How a request deals with locks of others. */
  public enum Manner {
    /** It waits its turn. */
    WAIT,
    /** It gets nothing if it would have to wait. */
    IF_AVAILABLE,
    /** It takes the lock from those who hold it. */
    STEAL
  }

  /** All requests at a moment. */
  public record Snapshot(List<Request> held, List<Request> pending) {}

  private static final class Resource {
    final List<Request> held = new ArrayList<>();
    final Deque<Request> pending = new ArrayDeque<>();

    boolean isFree(boolean exclusive) {
      return held.isEmpty()
          || (!exclusive && held.stream().noneMatch(request -> request.exclusive));
    }
  }

  private final Map<String, Resource> resources = new LinkedHashMap<>();

  /**
   * Asks for a lock.
   *
   * @param granted called once when the lock is held
   * @param stolen called once if another request then takes it away
   * @return the request; one that could not wait is neither pending nor held then
   */
  public synchronized Request request(
      String name,
      boolean exclusive,
      Manner manner,
      String client,
      Runnable granted,
      Runnable stolen) {
    Request request = new Request(name, exclusive, client, granted, stolen);
    Resource resource = resources.computeIfAbsent(name, unused -> new Resource());
    if (manner == Manner.STEAL) {
      List<Request> losers = List.copyOf(resource.held);
      resource.held.clear();
      resource.held.add(request);
      losers.forEach(loser -> loser.stolen.run());
      granted.run();
    } else if (manner == Manner.WAIT) {
      resource.pending.add(request);
      grant(name, resource);
    } else if (resource.pending.isEmpty() && resource.isFree(exclusive)) {
      resource.held.add(request);
      granted.run();
    }
    return request;
  }

  private void grant(String name, Resource resource) {
    for (; ; ) {
      Request next = resource.pending.peek();
      if (next == null || !resource.isFree(next.exclusive)) {
        break;
      }
      resource.pending.remove();
      resource.held.add(next);
      next.granted.run();
    }
    if (resource.held.isEmpty() && resource.pending.isEmpty()) {
      resources.remove(name);
    }
  }

  /** Whether a request holds its lock. */
  public synchronized boolean isHeld(Request request) {
    Resource resource = resources.get(request.name);
    return resource != null && resource.held.contains(request);
  }

  /** Gives a lock back, or gives a request up; false if it was neither held nor pending. */
  public synchronized boolean release(Request request) {
    Resource resource = resources.get(request.name);
    if (resource == null || !(resource.held.remove(request) || resource.pending.remove(request))) {
      return false;
    }
    grant(request.name, resource);
    return true;
  }

  /** Gives back all that a client holds or asks for. */
  public synchronized void releaseAll(String client) {
    for (Map.Entry<String, Resource> each : List.copyOf(resources.entrySet())) {
      Resource resource = each.getValue();
      boolean found = resource.pending.removeIf(request -> request.client.equals(client));
      found |= resource.held.removeIf(request -> request.client.equals(client));
      if (found) {
        grant(each.getKey(), resource);
      }
    }
  }

  public synchronized Snapshot snapshot() {
    List<Request> held = new ArrayList<>();
    List<Request> pending = new ArrayList<>();
    for (Resource resource : resources.values()) {
      held.addAll(resource.held);
      pending.addAll(resource.pending);
    }
    return new Snapshot(held, pending);
  }
}
