package dev.nodule.core.tls;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.StreamHandle;
import dev.nodule.api.StreamTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import org.jspecify.annotations.Nullable;

/** The module's binding: secure contexts and TLS streams as numbers. */
public final class TlsModule extends ScriptModule {
  private static final int EBADF = -9;
  private static final int MOST_SESSIONS = 1000;

  /** Between the strings of a list, which come as one. */
  private static final String SEPARATOR = "\0";

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private final EventLoop loop;
    private final StreamTable table;
    private final Map<Integer, SecureContext> contexts = new HashMap<>();
    private final Map<String, TlsSession> sessions =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, TlsSession> eldest) {
            return size() > MOST_SESSIONS;
          }
        };
    private int lastContext;

    Functions(ModuleContext context) {
      loop = context.loop();
      table = StreamTable.of(loop);
    }

    void bind(Binding binding) {
      binding
          .function("newContext", 2, this::newContext)
          .function(
              "freeContext",
              1,
              call -> {
                contexts.remove(call.int32(0));
                return null;
              })
          .function(
              "addCertificates", 2, call -> set(call, c -> c.addCertificates(call.bytes(1).copy())))
          .function(
              "addKey",
              3,
              call -> set(call, c -> c.addKey(call.bytes(1).copy(), call.stringOrNull(2))))
          .function("pairKeys", 1, call -> set(call, SecureContext::pairKeys))
          .function(
              "addPkcs12",
              3,
              call -> set(call, c -> c.addPkcs12(call.bytes(1).copy(), call.stringOrNull(2))))
          .function("addRoots", 2, call -> set(call, c -> c.addRoots(call.bytes(1).copy())))
          .function("addRevoked", 2, call -> set(call, c -> c.addRevoked(call.bytes(1).copy())))
          .function("setPartialChains", 1, call -> set(call, SecureContext::setPartialChains))
          .function("setCiphers", 2, call -> set(call, c -> c.setCiphers(list(call, 1))))
          .function(
              "setSignatureSchemes",
              2,
              call -> set(call, c -> c.setSignatureSchemes(list(call, 1))))
          .function("setGroups", 2, call -> set(call, c -> c.setGroups(list(call, 1))))
          .function(
              "setSessionTimeout", 2, call -> set(call, c -> c.setSessionSeconds(call.int32(1))))
          .function("dhParameterSize", 1, Functions::dhParameterSize)
          .function(
              "openScript", 2, call -> new ScriptStream(loop, call.value(0), call.callback(1)).id())
          .function(
              "scriptData",
              2,
              call -> {
                ScriptStream script = script(call);
                if (script != null) {
                  script.data(call.bytes(1).copy());
                }
                return null;
              })
          .function(
              "scriptEnd",
              1,
              call -> {
                ScriptStream script = script(call);
                if (script != null) {
                  script.end();
                }
                return null;
              })
          .function(
              "closeScript",
              1,
              call -> {
                ScriptStream script = script(call);
                if (script != null) {
                  script.close();
                }
                return null;
              })
          .function("receive", 2, this::receive)
          .function(
              "setContext",
              2,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.setContext(context(call, 1));
                return null;
              })
          .function("setSession", 2, this::setSession)
          .function("session", 1, this::session)
          .function("exportKey", 4, this::exportKey)
          .function("sharedSignatureSchemes", 1, this::sharedSignatureSchemes)
          .function("setDefaultRoots", 1, this::setDefaultRoots)
          .function("open", 6, this::open)
          .function("configure", 6, this::configure)
          .function(
              "start",
              1,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.start();
                return null;
              })
          .function("resume", 3, this::resume)
          .function(
              "readStart",
              1,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.readStart();
                return 0;
              })
          .function(
              "readStop",
              1,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.readStop();
                return 0;
              })
          .function("write", 3, this::write)
          .function("writeText", 4, this::writeText)
          .function(
              "closeOutbound",
              1,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.closeOutbound();
                return null;
              })
          .function(
              "close",
              1,
              call -> {
                TlsStream s = stream(call);
                if (s != null) s.close();
                return null;
              })
          .function(
              "bytesRead",
              1,
              call -> {
                TlsStream s = stream(call);
                return s == null ? 0 : s.bytesRead();
              })
          .function(
              "bytesWritten",
              1,
              call -> {
                TlsStream s = stream(call);
                return s == null ? 0 : s.bytesWritten();
              })
          .function(
              "lastActivity",
              1,
              call -> {
                TlsStream s = stream(call);
                return s == null ? 0 : s.lastActivity();
              })
          .function("details", 1, this::details)
          .function("peerCertificates", 1, this::peerCertificates)
          .function("ownCertificate", 1, this::ownCertificate)
          .function("checkPeer", 1, this::checkPeer)
          .function("rootCertificates", 0, call -> rootCertificates())
          .function("cipherSuites", 0, call -> cipherSuites());
    }

    private SecureContext context(Arguments call, int index) {
      SecureContext context = contexts.get(call.int32(index));
      if (context == null) {
        throw new IllegalStateException("no such context");
      }
      return context;
    }

    private @Nullable TlsStream stream(Arguments call) {
      StreamHandle handle = table.get(call.int32(0));
      return handle instanceof TlsStream stream ? stream : null;
    }

    private static NodeException failure(Exception e) {
      return new NodeException("ERR_CRYPTO_OPERATION_FAILED", String.valueOf(e.getMessage()));
    }

    private Object newContext(Arguments call) {
      SecureContext context = new SecureContext();
      context.setVersions(call.string(0), call.string(1));
      contexts.put(++lastContext, context);
      return lastContext;
    }

    private interface Setting {
      void apply(SecureContext context) throws GeneralSecurityException, IOException;
    }

    private @Nullable Object set(Arguments call, Setting setting) {
      try {
        setting.apply(context(call, 0));
        return null;
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw failure(e);
      } catch (IOException e) {
        boolean password = e.getCause() instanceof java.security.UnrecoverableKeyException;
        throw new NodeException(
            "ERR_CRYPTO_OPERATION_FAILED", password ? "mac verify failure" : "not enough data");
      }
    }

    private static String[] list(Arguments call, int index) {
      String text = call.string(index);
      return text.isEmpty() ? new String[0] : text.split(SEPARATOR);
    }

    private static Object dhParameterSize(Arguments call) {
      try {
        return PemReader.dhParameterBits(call.bytes(0).copy());
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    /** open(lowerId, contextId, isServer, owner, onRead, onEvent): a number or an error. */
    private Object open(Arguments call) {
      StreamHandle lower = table.get(call.int32(0));
      if (lower == null) {
        return EBADF;
      }
      return new TlsStream(
              loop,
              lower,
              call.bool(2),
              context(call, 1),
              call.value(3),
              call.callback(4),
              call.callback(5))
          .id();
    }

    /** configure(id, serverName, protocols, requestCertificate, requireCertificate, namesFirst). */
    private @Nullable Object configure(Arguments call) {
      TlsStream stream = stream(call);
      if (stream != null) {
        stream.configure(
            call.stringOrNull(1), List.of(list(call, 2)), call.bool(3), call.bool(4), call.bool(5));
      }
      return null;
    }

    /** resume(id, contextId, protocol); an empty protocol is one that no client knows. */
    private @Nullable Object resume(Arguments call) {
      TlsStream stream = stream(call);
      if (stream != null) {
        String protocol = call.stringOrNull(2);
        stream.resume(
            call.isNullish(1) ? null : context(call, 1),
            protocol != null && protocol.isEmpty() ? " " : protocol);
      }
      return null;
    }

    private @Nullable Object receive(Arguments call) {
      TlsStream stream = stream(call);
      byte[] bytes = call.bytes(1).copy();
      if (stream != null) {
        loop.execute(() -> stream.data(bytes, 0, bytes.length));
      }
      return null;
    }

    private @Nullable ScriptStream script(Arguments call) {
      return table.get(call.int32(0)) instanceof ScriptStream script ? script : null;
    }

    /** The session's name; the JDK keeps what it stands for. */
    private @Nullable Object session(Arguments call) {
      TlsStream stream = stream(call);
      TlsSession session = stream == null ? null : stream.session();
      if (session == null) {
        return null;
      }
      String name = "nodule-tls-session " + session.peerName();
      sessions.put(name, session);
      return name.getBytes(StandardCharsets.US_ASCII);
    }

    private @Nullable Object setSession(Arguments call) {
      TlsStream stream = stream(call);
      TlsSession session =
          sessions.get(new String(call.bytes(1).copy(), StandardCharsets.ISO_8859_1));
      if (stream != null && session != null) {
        stream.setSession(session);
      }
      return null;
    }

    private @Nullable Object exportKey(Arguments call) {
      TlsStream stream = stream(call);
      SSLEngine engine = stream == null ? null : stream.engine();
      if (engine == null || !(engine.getSession() instanceof ExtendedSSLSession session)) {
        return null;
      }
      try {
        return session.exportKeyingMaterialData(
            call.string(2), call.isNullish(3) ? null : call.bytes(3).copy(), call.int32(1));
      } catch (SSLKeyException | RuntimeException e) {
        throw failure(e);
      }
    }

    private Object sharedSignatureSchemes(Arguments call) {
      TlsStream stream = stream(call);
      SSLEngine engine = stream == null ? null : stream.engine();
      return engine != null && engine.getSession() instanceof ExtendedSSLSession session
          ? session.getPeerSupportedSignatureAlgorithms()
          : new Object[0];
    }

    private Object setDefaultRoots(Arguments call) {
      try {
        byte[] pem = call.bytes(0).copy();
        CertificateCheck.setSystemRoots(pem.length == 0 ? List.of() : PemReader.certificates(pem));
        return rootCertificates();
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    private Object write(Arguments call) {
      Bytes bytes = call.bytes(1);
      return send(call, bytes.array(), bytes.offset(), bytes.length(), call.callback(2));
    }

    /** writeText(id, text, latin1, done). */
    private Object writeText(Arguments call) {
      byte[] bytes =
          call.string(1)
              .getBytes(call.bool(2) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
      return send(call, bytes, 0, bytes.length, call.callback(3));
    }

    private Object send(Arguments call, byte[] array, int offset, int length, Callback done) {
      TlsStream stream = stream(call);
      if (stream == null) {
        return EBADF;
      }
      stream.write(array, offset, length);
      return stream.flush(error -> done.invoke(error == null ? 0 : -error.number())) ? 1 : 0;
    }

    /** [protocol, cipher, ALPN protocol, server name, session is resumed]. */
    private @Nullable Object details(Arguments call) {
      TlsStream stream = stream(call);
      SSLEngine engine = stream == null ? null : stream.engine();
      if (stream == null || engine == null) {
        return null;
      }
      String application = engine.getApplicationProtocol();
      return new Object[] {
        engine.getSession().getProtocol(),
        engine.getSession().getCipherSuite(),
        application == null ? "" : application,
        stream.serverName(),
        stream.isResumed()
      };
    }

    private @Nullable Object checkPeer(Arguments call) {
      TlsStream stream = stream(call);
      return stream == null ? null : stream.context().check().check(stream.peerChain());
    }

    private Object peerCertificates(Arguments call) {
      TlsStream stream = stream(call);
      List<Object> described = new ArrayList<>();
      if (stream != null) {
        for (X509Certificate certificate : stream.context().check().complete(stream.peerChain())) {
          described.add(describe(certificate));
        }
      }
      return described;
    }

    private @Nullable Object ownCertificate(Arguments call) {
      TlsStream stream = stream(call);
      X509Certificate certificate = stream == null ? null : stream.context().ownCertificate();
      return certificate == null ? null : describe(certificate);
    }

    private static Map<String, @Nullable Object> describe(X509Certificate certificate) {
      try {
        return CertificateDescription.of(certificate);
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    private static Object rootCertificates() {
      List<String> texts = new ArrayList<>();
      for (X509Certificate certificate : CertificateCheck.systemRoots()) {
        try {
          texts.add(
              "-----BEGIN CERTIFICATE-----\n"
                  + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                      .encodeToString(certificate.getEncoded())
                  + "\n-----END CERTIFICATE-----");
        } catch (CertificateEncodingException e) {
          // It was decoded from this very form.
        }
      }
      return texts;
    }

    private static Object cipherSuites() {
      try {
        return SecureContext.supportedSuites();
      } catch (GeneralSecurityException e) {
        return new Object[0];
      }
    }
  }
}
