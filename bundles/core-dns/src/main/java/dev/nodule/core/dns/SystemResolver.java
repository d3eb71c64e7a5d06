package dev.nodule.core.dns;

import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * getaddrinfo and getnameinfo by way of the JDK, which keeps nothing: Node.js asks the system each
 * time.
 */
final class SystemResolver {
  private static final int V4MAPPED = 8;
  private static final int ALL = 16;

  static {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private SystemResolver() {}

  /** The addresses of a name in the system's order, as raw bytes. Blocks. */
  static List<byte[]> lookup(String name, int family, int hints) {
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      throw new SystemException(errno(e), "getaddrinfo");
    }
    List<byte[]> ipv4 = new ArrayList<>();
    List<byte[]> ipv6 = new ArrayList<>();
    List<byte[]> result = new ArrayList<>();
    for (InetAddress address : all) {
      boolean isIpv4 = address instanceof Inet4Address;
      (isIpv4 ? ipv4 : ipv6).add(address.getAddress());
      if (family == 0 || family == (isIpv4 ? 4 : 6)) {
        result.add(address.getAddress());
      }
    }
    if (family == 6 && (hints & V4MAPPED) != 0 && (ipv6.isEmpty() || (hints & ALL) != 0)) {
      ipv4.forEach(address -> result.add(mapped(address)));
    }
    if (result.isEmpty()) {
      throw new SystemException(Errno.EAI_NONAME, "getaddrinfo");
    }
    return result;
  }

  private static byte[] mapped(byte[] ipv4) {
    byte[] address = new byte[16];
    address[10] = address[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, address, 12, 4);
    return address;
  }

  /** The JDK's message ends with gai_strerror's text. */
  private static Errno errno(UnknownHostException exception) {
    String message = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("temporary failure")) {
      return Errno.EAI_AGAIN;
    }
    if (message.contains("no address associated")) {
      return Errno.EAI_NODATA;
    }
    return message.contains("non-recoverable") ? Errno.EAI_FAIL : Errno.EAI_NONAME;
  }

  /** [host name, service name]. Blocks. */
  static Object[] lookupService(byte[] address, int port) {
    try {
      InetAddress inet = InetAddress.getByAddress(address);
      String name = inet.getCanonicalHostName();
      if (name.equals(inet.getHostAddress())) {
        throw new SystemException(Errno.EAI_NONAME, "getnameinfo");
      }
      return new Object[] {name, serviceName(port)};
    } catch (UnknownHostException e) {
      throw new SystemException(Errno.EAI_NONAME, "getnameinfo");
    }
  }

  private static String serviceName(int port) {
    String tcp = port + "/tcp";
    try {
      for (String line : Files.readAllLines(Path.of("/etc/services"))) {
        String[] fields = line.split("#", 2)[0].trim().split("\\s+");
        if (fields.length > 1 && fields[1].equals(tcp)) {
          return fields[0];
        }
      }
    } catch (IOException e) {
      // Without the file, ports have no names.
    }
    return String.valueOf(port);
  }
}
