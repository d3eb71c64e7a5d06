package dev.nodule.launcher;

/** The packages of class-path libraries that bundles may import from the system bundle. */
final class SystemPackages {
  private static final String NETTY = "4.2.18";

  private SystemPackages() {}

  /** As a suffix of {@code org.osgi.framework.system.packages.extra}. */
  static String libraries() {
    StringBuilder packages = new StringBuilder();
    for (String name :
        new String[] {
          "io.netty.buffer", "io.netty.channel", "io.netty.channel.epoll", "io.netty.channel.socket", "io.netty.channel.socket.nio",
          "io.netty.channel.unix", "io.netty.channel.nio", "io.netty.bootstrap", "io.netty.util", "io.netty.util.concurrent",
          "io.netty.util.internal", "io.netty.handler.ssl", "io.netty.handler.codec", "io.netty.resolver"
        }) {
      packages.append(',').append(name).append(";version=").append(NETTY);
    }
    packages.append(",com.aayushatharva.brotli4j;version=1.20.0,com.github.luben.zstd;version=1.5.7");
    return packages.toString();
  }
}
