package dev.nodule.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.nodule.api.Binding;
import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Providers come and go. */
class ModuleRegistryTest {
  private record Revision(String name, String version, List<String> ids) implements CoreModule {
    @Override
    public @Nullable String source(String id) {
      return null;
    }

    @Override
    public void bind(ModuleContext context, Binding binding) {
      // Nothing to bind.
    }
  }

  private final ModuleRegistry registry = new ModuleRegistry();
  private final CoreModule fs = new Revision("fs", "1", List.of("fs", "fs/promises"));
  private final CoreModule os = new Revision("os", "1", List.of("os"));

  @Test
  void findsAModuleByEachOfItsIds() {
    registry.add(fs);
    registry.add(os);
    assertEquals("fs", registry.nameOf("fs/promises"));
    assertEquals("os", registry.nameOf("os"));
    assertNull(registry.nameOf("promises"));
    assertSame(fs, registry.current("fs"));
    assertNull(registry.current("fs/promises"));
    assertEquals(List.of("fs", "fs/promises", "os"), List.copyOf(registry.ids()));
  }

  @Test
  void aModuleThatLeftIsStillKnownByName() {
    registry.add(fs);
    registry.remove(fs);
    assertNull(registry.current("fs"));
    assertEquals("fs", registry.nameOf("fs/promises"));
    assertEquals(List.of(), List.copyOf(registry.ids()));
  }

  @Test
  void theLastRevisionIsCurrentAndAnOldOneCannotTakeItAway() {
    CoreModule next = new Revision("fs", "2", List.of("fs", "fs/promises"));
    registry.add(fs);
    registry.add(next);
    assertSame(next, registry.current("fs"));
    registry.remove(fs);
    assertSame(next, registry.current("fs"));
  }

  @Test
  void listenersHearOfEveryChangeAfterItHappened() {
    List<String> heard = new ArrayList<>();
    registry.addListener(name -> heard.add(name + (registry.current(name) != null ? "+" : "-")));
    registry.add(fs);
    registry.add(os);
    registry.remove(fs);
    assertEquals(List.of("fs+", "os+", "fs-"), heard);
  }
}
