package dev.nodule.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NativeFunction;
import dev.nodule.api.ProcessInfo;
import dev.nodule.api.SystemException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system as module resolution sees it. */
class LoaderModuleTest {
  @TempDir Path folder;
  private final Map<String, NativeFunction> functions = new HashMap<>();

  @BeforeEach
  void bind() {
    ProcessInfo process =
        fake(ProcessInfo.class, (self, method, arguments) -> folder.resolve((String) arguments[0]));
    ModuleContext context = fake(ModuleContext.class, (self, method, arguments) -> process);
    new LoaderModule()
        .bind(
            context,
            new Binding() {
              @Override
              public Binding function(String name, int length, NativeFunction function) {
                functions.put(name, function);
                return this;
              }

              @Override
              public Binding value(String name, @Nullable Object value) {
                return this;
              }
            });
  }

  private static <T> T fake(Class<T> type, InvocationHandler answer) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
  }

  private @Nullable Object call(String name, String path) {
    return Objects.requireNonNull(functions.get(name))
        .call(fake(Arguments.class, (self, method, arguments) -> path));
  }

  @Test
  void statTellsFilesFromFolders() throws IOException {
    Files.writeString(folder.resolve("file.js"), "");
    Files.createSymbolicLink(folder.resolve("link"), folder);
    assertEquals(0, call("stat", "file.js"));
    assertEquals(1, call("stat", folder.toString()));
    assertEquals(1, call("stat", "link"));
    assertEquals(-2, call("stat", "missing.js"));
    assertEquals(-2, call("stat", "file.js/x"));
  }

  @Test
  void readsTextAgainstTheCurrentDirectory() throws IOException {
    Files.write(folder.resolve("a.js"), new byte[] {'a', (byte) 0xc3, (byte) 0xa4, (byte) 0xff});
    assertEquals("aä\ufffd", call("readText", "a.js"));
    assertEquals("aä\ufffd", call("readTextOrUndefined", "a.js"));
  }

  @Test
  void aMissingFileIsAnErrorOrNothing() {
    assertNull(call("readTextOrUndefined", "missing.json"));
    assertNull(call("readTextOrUndefined", "."));
    SystemException exception =
        assertThrows(SystemException.class, () -> call("readText", "missing.js"));
    assertEquals("ENOENT: no such file or directory, open 'missing.js'", exception.getMessage());
  }

  @Test
  void aFolderCannotBeRead() {
    SystemException exception =
        assertThrows(SystemException.class, () -> call("readText", folder.toString()));
    assertEquals("EISDIR: illegal operation on a directory, read", exception.getMessage());
  }

  @Test
  void realpathFollowsLinks() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real")).toRealPath();
    Files.createSymbolicLink(folder.resolve("link"), real);
    assertEquals(real.toString(), call("realpath", "link"));
    SystemException exception =
        assertThrows(SystemException.class, () -> call("realpath", "missing"));
    assertSame(Errno.ENOENT, exception.errno());
    assertEquals("realpath", exception.properties().get("syscall"));
  }
}
