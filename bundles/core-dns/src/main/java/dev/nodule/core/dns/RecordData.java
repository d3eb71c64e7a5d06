package dev.nodule.core.dns;

import dev.nodule.core.dns.DnsMessage.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resource records as the objects that JavaScript gets, with Node's property names in Node's order.
 */
enum RecordData {
  A(1),
  NS(2),
  CNAME(5),
  SOA(6),
  PTR(12),
  MX(15),
  TXT(16),
  AAAA(28),
  SRV(33),
  NAPTR(35),
  TLSA(52),
  ANY(255),
  CAA(257);

  private final int number;

  RecordData(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static @Nullable RecordData of(int number) {
    for (RecordData type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }

  /** A string, a list (TXT) or a map. */
  Object read(Answer answer) {
    ByteBuffer in = answer.data().duplicate();
    int end = in.position() + answer.length();
    Map<String, Object> map = new LinkedHashMap<>();
    switch (this) {
      case A, AAAA -> {
        byte[] address = new byte[this == A ? 4 : 16];
        in.get(address);
        return address;
      }
      case NS, CNAME, PTR -> {
        return DnsMessage.readName(in);
      }
      case MX -> {
        int priority = in.getShort() & 0xffff;
        map.put("exchange", DnsMessage.readName(in));
        map.put("priority", priority);
      }
      case TXT -> {
        List<String> chunks = new ArrayList<>();
        while (in.position() < end) {
          chunks.add(text(in));
        }
        return chunks;
      }
      case SRV -> {
        int priority = in.getShort() & 0xffff;
        int weight = in.getShort() & 0xffff;
        int port = in.getShort() & 0xffff;
        map.put("name", DnsMessage.readName(in));
        map.put("port", port);
        map.put("priority", priority);
        map.put("weight", weight);
      }
      case NAPTR -> {
        int order = in.getShort() & 0xffff;
        int preference = in.getShort() & 0xffff;
        map.put("flags", text(in));
        map.put("service", text(in));
        map.put("regexp", text(in));
        map.put("replacement", DnsMessage.readName(in));
        map.put("order", order);
        map.put("preference", preference);
      }
      case SOA -> {
        map.put("nsname", DnsMessage.readName(in));
        map.put("hostmaster", DnsMessage.readName(in));
        for (String name : new String[] {"serial", "refresh", "retry", "expire", "minttl"}) {
          map.put(name, in.getInt() & 0xffffffffL);
        }
      }
      case CAA -> {
        map.put("critical", in.get() & 0xff);
        String tag = text(in);
        byte[] value = new byte[end - in.position()];
        in.get(value);
        map.put(tag, new String(value, StandardCharsets.ISO_8859_1));
      }
      case TLSA -> {
        map.put("certUsage", in.get() & 0xff);
        map.put("selector", in.get() & 0xff);
        map.put("match", in.get() & 0xff);
        map.put(
            "data",
            Arrays.copyOfRange(
                in.array(), in.arrayOffset() + in.position(), in.arrayOffset() + end));
      }
      case ANY -> throw new IllegalStateException();
    }
    return map;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.get() & 0xff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The name under which the address is asked for backwards; null if the text is no address. */
  static @Nullable String reverseName(byte[] address) {
    StringBuilder name = new StringBuilder();
    if (address.length == 4) {
      for (int i = 3; i >= 0; i--) {
        name.append(address[i] & 255).append('.');
      }
      return name.append("in-addr.arpa").toString();
    }
    for (int i = 15; i >= 0; i--) {
      name.append(Character.forDigit(address[i] & 15, 16)).append('.');
      name.append(Character.forDigit(address[i] >> 4 & 15, 16)).append('.');
    }
    return name.append("ip6.arpa").toString();
  }

  static byte @Nullable [] address(String literal) {
    if (literal.isEmpty() || !literal.contains(":") && !Character.isDigit(literal.charAt(0))) {
      return null;
    }
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
