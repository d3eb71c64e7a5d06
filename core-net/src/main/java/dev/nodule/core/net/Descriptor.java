package dev.nodule.core.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of one non-blocking stream socket. As in libuv, results below 0 are negated
 * error numbers, and no exception is thrown for what the system refuses.
 */
interface Descriptor {
  int WOULD_BLOCK = 0;
  int EOF = -4095;

  /** What the loop says about a descriptor. */
  @FunctionalInterface
  interface Readiness {
    void ready(boolean readable, boolean writable);
  }

  /** The number of the descriptor; -1 where it has none. */
  int number();

  /**
   * From now on {@code target} hears of readiness: see {@link #wantRead} and {@link #wantWrite}.
   */
  void register(Readiness target);

  /** Asks for a call once there is something to read, also if there is already. */
  void wantRead();

  /** No more calls for reading are wanted; some may still come. */
  void stopRead();

  /**
   * Asks for a call once the descriptor is writable again, after a write that would have blocked.
   */
  void wantWrite();

  /** Nothing is left to write. */
  void stopWrite();

  /**
   * Reads into a direct buffer from 0; the count, {@link #WOULD_BLOCK}, {@link #EOF} or an error.
   */
  int read(ByteBuffer into, int limit);

  /**
   * Writes the first {@code length} bytes of a direct buffer; the count, {@link #WOULD_BLOCK} or an
   * error.
   */
  int write(ByteBuffer from, int length);

  /**
   * Starts connecting; 0 or an error. The end comes as writable, then {@link #connectResult} tells.
   */
  int connect(SocketAddress address);

  /** 0 or an error. */
  int connectResult();

  /** 0 or an error. */
  int bind(SocketAddress address, boolean ipv6Only, boolean reusePort);

  /** 0 or an error. */
  int listen(int backlog);

  /** The next connection; null if none waits (then {@link #acceptError} is 0) or one failed. */
  @Nullable Descriptor accept();

  int acceptError();

  /** 0 or an error. */
  int shutdownOutput();

  int setNoDelay(boolean enable);

  /** 0 seconds leave the system's own delay. */
  int setKeepAlive(boolean enable, int seconds, int interval, int count);

  int setTypeOfService(int value);

  /** The value or an error. */
  int typeOfService();

  /** Makes {@link #close} send RST instead of FIN. */
  int linger0();

  @Nullable InetSocketAddress localAddress();

  @Nullable InetSocketAddress remoteAddress();

  /** The path that a Unix domain socket is bound to. */
  @Nullable String localPath();

  void close();

  /** Lets go of the descriptor, which stays open; its number is somebody else's from now on. */
  int release();
}
