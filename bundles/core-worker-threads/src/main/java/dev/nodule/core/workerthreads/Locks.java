package dev.nodule.core.workerthreads;

import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import dev.nodule.api.HandleTable;
import dev.nodule.api.JavaScript;
import dev.nodule.api.LockTable;
import dev.nodule.api.LockTable.Manner;
import dev.nodule.api.LockTable.Request;
import dev.nodule.api.ModuleContext;
import java.util.ArrayList;
import java.util.List;

/** The application's locks, as one realm sees them. */
final class Locks {
  private static final String NAME = "worker_threads.locks";
  private static final int ONLY = 1;

  private Locks() {}

  /** What a realm holds is free when it ends. */
  private static void watchEnd(ModuleContext context, String client) {
    HandleTable<String> table = context.loop().table(NAME);
    if (table.get(ONLY) == null) {
      table.put(ONLY, client);
      LockTable locks = context.threads().locks();
      context.threads().atEnd(() -> locks.releaseAll(client));
    }
  }

  /**
   * {@code requestLock(name, exclusive, manner, client, granted, stolen)}: an object that releases
   * the lock, or null if it is not to be had.
   */
  static Object request(ModuleContext context, Arguments arguments) {
    JavaScript js = context.javaScript();
    LockTable table = context.threads().locks();
    String client = arguments.string(3);
    watchEnd(context, client);
    Callback granted = arguments.callback(4);
    Callback stolen = arguments.callback(5);
    Manner manner = Manner.valueOf(arguments.string(2));
    Request request =
        table.request(
            arguments.string(0),
            arguments.bool(1),
            manner,
            client,
            () -> context.loop().execute(granted::invoke),
            () -> context.loop().execute(stolen::invoke));
    if (manner == Manner.IF_AVAILABLE && !table.isHeld(request)) {
      return js.nullValue();
    }
    Object face = js.newObject();
    js.set(face, "release", js.newFunction("release", 0, unused -> table.release(request)));
    js.set(face, "isHeld", js.newFunction("isHeld", 0, unused -> table.isHeld(request)));
    return face;
  }

  /** The locks that are held, and the requests that wait. */
  static Object query(ModuleContext context) {
    LockTable.Snapshot snapshot = context.threads().locks().snapshot();
    return new Object[] {infos(snapshot.held()), infos(snapshot.pending())};
  }

  private static List<Object> infos(List<Request> requests) {
    List<Object> infos = new ArrayList<>();
    for (Request request : requests) {
      infos.add(new Object[] {request.name(), request.exclusive(), request.client()});
    }
    return infos;
  }
}
