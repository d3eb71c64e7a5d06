package dev.nodule.core.dns;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.core.dns.DnsMessage.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The module's binding: the system's resolver on the worker pool, DNS queries on virtual threads.
 */
public final class DnsModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private final ModuleContext context;
    private final Map<Integer, DnsQuery> queries = new HashMap<>();
    private int lastQuery;

    Functions(ModuleContext context) {
      this.context = context;
    }

    void bind(Binding binding) {
      binding
          .function("lookup", 4, this::lookup)
          .function("lookupService", 3, this::lookupService)
          .function("systemServers", 0, call -> systemServers())
          .function("hostsNames", 1, call -> HostsFile.names(address(call.string(0))).toArray())
          .function("query", 9, this::query)
          .function("cancel", 1, this::cancel)
          .function("reverseName", 1, call -> RecordData.reverseName(address(call.string(0))));
    }

    private static byte[] address(String literal) {
      byte[] address = RecordData.address(literal);
      if (address == null) {
        throw new IllegalArgumentException("no address: " + literal);
      }
      return address;
    }

    /** lookup(name, family, hints, callback(error, [bytes...])). */
    private @Nullable Object lookup(Arguments call) {
      String name = call.string(0);
      int family = call.int32(1);
      int hints = call.int32(2);
      return context.blocking(
          call.callback(3), () -> SystemResolver.lookup(name, family, hints).toArray());
    }

    /** lookupService(address, port, callback(error, [host, service])). */
    private @Nullable Object lookupService(Arguments call) {
      byte[] address = address(call.string(0));
      int port = call.int32(1);
      return context.blocking(call.callback(2), () -> SystemResolver.lookupService(address, port));
    }

    private static Object systemServers() {
      List<String> servers = new ArrayList<>();
      try {
        for (String line : Files.readAllLines(Path.of("/etc/resolv.conf"))) {
          String[] words = line.trim().split("\\s+");
          if (words.length > 1 && words[0].equals("nameserver")) {
            servers.add(words[1]);
          }
        }
      } catch (IOException e) {
        // Then there is the local one.
      }
      return servers.isEmpty() ? List.of("127.0.0.1") : servers;
    }

    /**
     * query(name, type, servers as [address, port, ...], timeout, maxTimeout, tries, local4,
     * local6, callback(code, answers)): answers are [type, ttl, data].
     */
    private Object query(Arguments call) {
      String name = call.string(0);
      RecordData type = RecordData.valueOf(call.string(1));
      List<InetSocketAddress> servers = new ArrayList<>();
      String[] parts = call.string(2).split(" ");
      for (int i = 0; i + 1 < parts.length; i += 2) {
        servers.add(new InetSocketAddress(inet(parts[i]), Integer.parseInt(parts[i + 1])));
      }
      DnsQuery query =
          new DnsQuery(
              servers,
              call.int32(3),
              call.int32(4),
              call.int32(5),
              call.isNullish(6) ? null : inet(call.string(6)),
              call.isNullish(7) ? null : inet(call.string(7)));
      Callback callback = call.callback(8);
      int id = ++lastQuery;
      queries.put(id, query);
      Handle handle = context.loop().open("QueryReqWrap");
      Thread.startVirtualThread(
          () -> {
            String code = null;
            List<Object> answers = new ArrayList<>();
            try {
              collect(query.ask(name, type.number()), type, answers);
            } catch (DnsQuery.FailedException e) {
              code = e.getMessage();
            } catch (DnsMessage.MalformedException
                | BufferUnderflowException
                | IndexOutOfBoundsException e) {
              code = "EBADRESP";
            }
            if (code == null && answers.isEmpty()) {
              code = "ENODATA";
            }
            String result = code;
            context
                .loop()
                .execute(
                    () -> {
                      queries.remove(id);
                      handle.close(() -> {});
                      callback.invoke(result, answers.toArray());
                    });
          });
      return id;
    }

    private static void collect(DnsMessage message, RecordData type, List<Object> answers) {
      for (Answer answer : message.answers()) {
        RecordData found = RecordData.of(answer.type());
        if (found != null && (found == type || type == RecordData.ANY)) {
          answers.add(new Object[] {found.name(), answer.ttl(), found.read(answer)});
        }
      }
    }

    private static InetAddress inet(String literal) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(literal);
      }
    }

    private @Nullable Object cancel(Arguments call) {
      DnsQuery query = queries.get(call.int32(0));
      if (query != null) {
        query.cancel();
      }
      return null;
    }
  }
}
