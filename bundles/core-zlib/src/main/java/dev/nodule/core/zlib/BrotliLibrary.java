package dev.nodule.core.zlib;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The native brotli that brotli4j carries, by its C functions: brotli4j's own Java classes lack
 * parameters, error codes and flushing on demand.
 */
final class BrotliLibrary {
  private static @Nullable BrotliLibrary instance;
  private static @Nullable String unavailable;

  final MethodHandle encoderCreate;
  final MethodHandle encoderSetParameter;
  final MethodHandle encoderCompress;
  final MethodHandle encoderHasMoreOutput;
  final MethodHandle encoderDestroy;
  final MethodHandle prepareDictionary;
  final MethodHandle attachPreparedDictionary;
  final MethodHandle destroyPreparedDictionary;
  final MethodHandle decoderCreate;
  final MethodHandle decoderSetParameter;
  final MethodHandle decoderDecompress;
  final MethodHandle decoderErrorCode;
  final MethodHandle decoderErrorString;
  final MethodHandle decoderAttachDictionary;
  final MethodHandle decoderDestroy;

  private BrotliLibrary(SymbolLookup library) {
    Symbols symbols = new Symbols(library);
    encoderCreate =
        symbols.function("BrotliEncoderCreateInstance", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    encoderSetParameter =
        symbols.function("BrotliEncoderSetParameter", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    encoderCompress =
        symbols.function(
            "BrotliEncoderCompressStream",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    encoderHasMoreOutput = symbols.function("BrotliEncoderHasMoreOutput", JAVA_INT, ADDRESS);
    encoderDestroy = symbols.procedure("BrotliEncoderDestroyInstance", ADDRESS);
    prepareDictionary =
        symbols.function(
            "BrotliEncoderPrepareDictionary",
            ADDRESS,
            JAVA_INT,
            JAVA_LONG,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    attachPreparedDictionary =
        symbols.function("BrotliEncoderAttachPreparedDictionary", JAVA_INT, ADDRESS, ADDRESS);
    destroyPreparedDictionary =
        symbols.procedure("BrotliEncoderDestroyPreparedDictionary", ADDRESS);
    decoderCreate =
        symbols.function("BrotliDecoderCreateInstance", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    decoderSetParameter =
        symbols.function("BrotliDecoderSetParameter", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    decoderDecompress =
        symbols.function(
            "BrotliDecoderDecompressStream",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    decoderErrorCode = symbols.function("BrotliDecoderGetErrorCode", JAVA_INT, ADDRESS);
    decoderErrorString = symbols.function("BrotliDecoderErrorString", ADDRESS, JAVA_INT);
    decoderAttachDictionary =
        symbols.function(
            "BrotliDecoderAttachDictionary", JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);
    decoderDestroy = symbols.procedure("BrotliDecoderDestroyInstance", ADDRESS);
  }

  private record Symbols(SymbolLookup library) {
    MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
      return Linker.nativeLinker()
          .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, parameters));
    }

    MethodHandle procedure(String name, MemoryLayout... parameters) {
      return Linker.nativeLinker()
          .downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(parameters));
    }
  }

  /** The library, loaded at first use. */
  static synchronized BrotliLibrary get() throws CodecException {
    if (instance == null && unavailable == null) {
      try {
        instance = new BrotliLibrary(load());
      } catch (IOException | RuntimeException | LinkageError e) {
        unavailable = "Brotli is not available here: " + e.getMessage();
      }
    }
    BrotliLibrary loaded = instance;
    if (loaded == null) {
      throw new CodecException(-1, "ERR_ZLIB_INITIALIZATION_FAILED", String.valueOf(unavailable));
    }
    return loaded;
  }

  private static SymbolLookup load() throws IOException {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    String machine =
        switch (os.startsWith("linux") ? arch : "") {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> throw new IOException("no native library for " + os + " on " + arch);
        };
    String resource = "lib/linux-" + machine + "/libbrotli.so";
    Path file = Files.createTempFile("libbrotli", ".so");
    try (InputStream in = Brotli4jLoader.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no " + resource + " on the class path");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return SymbolLookup.libraryLookup(file, Arena.global());
    } finally {
      // Once mapped, the file is not needed.
      Files.deleteIfExists(file);
    }
  }

  static MemorySegment pointer(MethodHandle handle, Object... arguments) {
    try {
      return (MemorySegment) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static int number(MethodHandle handle, Object... arguments) {
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void run(MethodHandle handle, MemorySegment argument) {
    try {
      handle.invoke(argument);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
