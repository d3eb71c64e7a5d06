package dev.nodule.core.dgram;

import dev.nodule.api.EventLoop;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What the sockets of one realm share: the loop, and the memory that system calls work on. */
final class Datagrams {
  private static final int BUFFER_BYTES = 1 << 16;

  final EventLoop loop;
  final JavaScript javaScript;
  final SocketAddresses addresses = new SocketAddresses();
  final Multicast multicast = new Multicast(addresses);
  final MemorySegment address = Arena.ofAuto().allocate(SocketAddresses.MAX_BYTES, 8);
  final MemorySegment length = Arena.ofAuto().allocate(4, 4);
  final MemorySegment incoming = Arena.ofAuto().allocate(BUFFER_BYTES, 8);
  final MemorySegment outgoing = Arena.ofAuto().allocate(BUFFER_BYTES, 8);

  Datagrams(ModuleContext context) {
    loop = context.loop();
    javaScript = context.javaScript();
  }
}
