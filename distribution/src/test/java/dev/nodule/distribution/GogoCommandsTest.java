package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.launcher.BundleFramework;
import dev.nodule.runtime.ModuleRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The operations from a Gogo console in the same framework. */
class GogoCommandsTest {
  @TempDir Path folder;

  @Test
  void operationsAreCommands() throws Exception {
    BundleFramework framework = BundleFramework.start(new ModuleRegistry());
    try {
      BundleContext context = framework.context();
      Bundle gogo =
          context.installBundle(
              CommandProcessor.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toString());
      gogo.start();
      // The bundle's own classes are not those of the test.
      ServiceReference<?> reference =
          context.getAllServiceReferences(CommandProcessor.class.getName(), null)[0];
      Object processor = context.getService(reference);
      Object session =
          method(
                  processor,
                  "createSession",
                  InputStream.class,
                  OutputStream.class,
                  OutputStream.class)
              .invoke(
                  processor,
                  new ByteArrayInputStream(new byte[0]),
                  new ByteArrayOutputStream(),
                  new ByteArrayOutputStream());
      assertTrue(execute(session, "nodule:modules").contains("string_decoder"));
      String jar = ModuleJars.of("os", "2.0.0").write(folder.resolve("os.jar"));
      assertTrue(execute(session, "nodule:swap " + jar).startsWith("os: 0.1.0 -> 2.0.0"));
      assertTrue(execute(session, "nodule:rollback os").startsWith("os: 2.0.0 -> 0.1.0"));
      assertTrue(execute(session, "nodule:stop os").startsWith("os: 0.1.0 -> none"));
      assertTrue(execute(session, "nodule:start os").startsWith("os: none -> 0.1.0"));
      assertTrue(execute(session, "nodule:history").contains("rollback done"));
      InvocationTargetException refused =
          assertThrows(InvocationTargetException.class, () -> execute(session, "nodule:stop none"));
      assertTrue(String.valueOf(refused.getCause().getMessage()).contains("no core module 'none'"));
    } finally {
      framework.stop();
    }
  }

  private static Method method(Object object, String name, Class<?>... types) throws Exception {
    for (Class<?> type : object.getClass().getInterfaces()) {
      try {
        return type.getMethod(name, types);
      } catch (NoSuchMethodException e) {
        // Another interface has it.
      }
    }
    Method method = object.getClass().getMethod(name, types);
    method.setAccessible(true);
    return method;
  }

  private static String execute(Object session, String command) throws Exception {
    return String.valueOf(method(session, "execute", CharSequence.class).invoke(session, command));
  }
}
