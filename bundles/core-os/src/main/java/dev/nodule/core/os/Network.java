package dev.nodule.core.os;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The addresses of the interfaces that are up. */
final class Network {
  private Network() {}

  /**
   * For each address: interface, address, prefix length, MAC, internal, scope (-1 for IPv4). IPv4
   * addresses come first.
   */
  static List<Object> interfaces() {
    List<Object> result = new ArrayList<>();
    try {
      List<NetworkInterface> up =
          NetworkInterface.networkInterfaces().filter(Network::isUp).toList();
      List<NetworkInterface> byIndex =
          up.stream().sorted((a, b) -> Integer.compare(a.getIndex(), b.getIndex())).toList();
      for (boolean six : new boolean[] {false, true}) {
        for (NetworkInterface each : byIndex) {
          for (InterfaceAddress address : each.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet6Address == six) {
              add(result, each, address);
            }
          }
        }
      }
    } catch (SocketException e) {
      return result;
    }
    return result;
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static void add(List<Object> result, NetworkInterface each, InterfaceAddress address)
      throws SocketException {
    InetAddress inet = address.getAddress();
    byte[] mac = each.getHardwareAddress();
    result.add(each.getName());
    result.add(
        inet instanceof Inet6Address six ? Inet6Text.of(six.getAddress()) : inet.getHostAddress());
    result.add((int) address.getNetworkPrefixLength());
    result.add(mac == null ? "00:00:00:00:00:00" : HexFormat.ofDelimiter(":").formatHex(mac));
    result.add(each.isLoopback());
    result.add(inet instanceof Inet6Address six ? scope(six) : -1);
  }

  private static int scope(Inet6Address address) {
    return address.isLinkLocalAddress() ? address.getScopeId() : 0;
  }
}
