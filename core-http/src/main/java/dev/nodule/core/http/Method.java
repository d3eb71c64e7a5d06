package dev.nodule.core.http;

import java.util.List;

/**
 * Request methods: the numbers are those of JavaScript's {@code HTTPParser.methods} table, and of
 * the trie that finds them.
 */
final class Method {
  /** In the order of their numbers. */
  static final List<String> NAMES =
      List.of(
          "DELETE",
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "CONNECT",
          "OPTIONS",
          "TRACE",
          "COPY",
          "LOCK",
          "MKCOL",
          "MOVE",
          "PROPFIND",
          "PROPPATCH",
          "SEARCH",
          "UNLOCK",
          "BIND",
          "REBIND",
          "UNBIND",
          "ACL",
          "REPORT",
          "MKACTIVITY",
          "CHECKOUT",
          "MERGE",
          "M-SEARCH",
          "NOTIFY",
          "SUBSCRIBE",
          "UNSUBSCRIBE",
          "PATCH",
          "PURGE",
          "MKCALENDAR",
          "LINK",
          "UNLINK",
          "SOURCE",
          "PRI",
          "DESCRIBE",
          "ANNOUNCE",
          "SETUP",
          "PLAY",
          "PAUSE",
          "TEARDOWN",
          "GET_PARAMETER",
          "SET_PARAMETER",
          "REDIRECT",
          "RECORD",
          "FLUSH",
          "QUERY");

  static final int GET = NAMES.indexOf("GET");
  static final int POST = NAMES.indexOf("POST");
  static final int CONNECT = NAMES.indexOf("CONNECT");
  static final int OPTIONS = NAMES.indexOf("OPTIONS");
  static final int SOURCE = NAMES.indexOf("SOURCE");
  static final int PRI = NAMES.indexOf("PRI");

  /** RTSP's own methods are these and {@link #FLUSH}; no HTTP message has them. */
  private static final int FIRST_RTSP = NAMES.indexOf("DESCRIBE");

  private static final int LAST_RTSP = NAMES.indexOf("RECORD");
  private static final int FLUSH = NAMES.indexOf("FLUSH");

  /** A node of the trie for no method. */
  static final int DEAD = -1;

  private static final int MAX_NODES = 384;
  private static final short[][] NEXT = new short[MAX_NODES][];
  private static final byte[] METHOD_AT = new byte[MAX_NODES];

  static {
    int nodes = 1;
    java.util.Arrays.fill(METHOD_AT, (byte) -1);
    NEXT[0] = emptyRow();
    for (int method = 0; method < NAMES.size(); method++) {
      int node = 0;
      for (char c : NAMES.get(method).toCharArray()) {
        if (NEXT[node][c] == DEAD) {
          NEXT[nodes] = emptyRow();
          NEXT[node][c] = (short) nodes++;
        }
        node = NEXT[node][c];
      }
      METHOD_AT[node] = (byte) method;
    }
  }

  private Method() {}

  /** The trie's node after one more octet; {@link #DEAD} if no method begins so. The root is 0. */
  static int step(int node, int octet) {
    return octet < 128 ? NEXT[node][octet] : DEAD;
  }

  /** The method that ends at a node of the trie; -1 if none does. */
  static int at(int node) {
    return METHOD_AT[node];
  }

  static boolean isHttp(int method) {
    return !(method >= FIRST_RTSP && method <= LAST_RTSP) && method != FLUSH;
  }

  static boolean isRtsp(int method) {
    return !isHttp(method) || method == OPTIONS || method == GET || method == POST;
  }

  private static short[] emptyRow() {
    short[] row = new short[128];
    java.util.Arrays.fill(row, (short) DEAD);
    return row;
  }
}
