package dev.nodule.core.sqlite;

import dev.nodule.api.HandleTable;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;

/**
 * The open connections of a realm by number. All revisions of the module share them: an entry is
 * the connection's address and the arena of the functions that SQLite may call.
 */
final class Connections {
  private final HandleTable<Object[]> table;
  private final HandleTable<Set<Integer>> open;

  Connections(ModuleContext context) {
    table = context.loop().table("sqlite.connections");
    open = context.loop().table("sqlite.open");
    if (open.get(1) == null) {
      open.put(1, new HashSet<>());
      context.threads().atEnd(this::closeAll);
    }
  }

  int add(long address) {
    int id = table.add(new Object[] {address, Arena.ofShared()});
    numbers().add(id);
    return id;
  }

  private Set<Integer> numbers() {
    Set<Integer> numbers = open.get(1);
    return numbers == null ? new HashSet<>() : numbers;
  }

  private Object[] entry(int id) {
    Object[] entry = table.get(id);
    if (entry == null) {
      throw new NodeException("ERR_INVALID_STATE", "database is not open");
    }
    return entry;
  }

  long address(int id) {
    return (long) entry(id)[0];
  }

  Arena arena(int id) {
    return (Arena) entry(id)[1];
  }

  void close(int id) {
    Object[] entry = table.remove(id);
    numbers().remove(id);
    if (entry != null) {
      Sqlite.call(Api.CLOSE_V2, (long) entry[0]);
      ((Arena) entry[1]).close();
    }
  }

  /** What Node.js does at its end: a database is left as one that was closed. */
  private void closeAll() {
    for (int id : Set.copyOf(numbers())) {
      long address = address(id);
      long statement = Sqlite.words(Api.NEXT_STMT, address, 0, 0, 0, 0, 0);
      while (statement != 0) {
        Sqlite.call(Api.FINALIZE, statement);
        statement = Sqlite.words(Api.NEXT_STMT, address, 0, 0, 0, 0, 0);
      }
      close(id);
    }
  }
}
