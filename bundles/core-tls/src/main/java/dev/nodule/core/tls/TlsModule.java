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
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The module's binding: secure contexts and TLS streams as numbers. */
public final class TlsModule extends ScriptModule {
  private static final int EBADF = -9;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private final EventLoop loop;
    private final StreamTable table;
    private final Map<Integer, SecureContext> contexts = new HashMap<>();
    private int lastContext;

    Functions(ModuleContext context) {
      loop = context.loop();
      table = StreamTable.of(loop);
    }

    void bind(Binding binding) {
      binding
          .function("newContext", 2, this::newContext)
          .function("freeContext", 1, call -> { contexts.remove(call.int32(0)); return null; })
          .function("addKey", 4, this::addKey)
          .function("addPkcs12", 3, this::addPkcs12)
          .function("addRoots", 2, this::addRoots)
          .function("extendRoots", 2, this::extendRoots)
          .function("open", 6, this::open)
          .function("receive", 2, this::receive)
          .function("configure", 5, this::configure)
          .function("start", 1, call -> { TlsStream s = stream(call); if (s != null) s.start(); return null; })
          .function("resume", 2, this::resume)
          .function("readStart", 1, call -> { TlsStream s = stream(call); if (s != null) s.readStart(); return 0; })
          .function("readStop", 1, call -> { TlsStream s = stream(call); if (s != null) s.readStop(); return 0; })
          .function("write", 3, this::write)
          .function("writeText", 4, this::writeText)
          .function("closeOutbound", 1, call -> { TlsStream s = stream(call); if (s != null) s.closeOutbound(); return null; })
          .function("close", 1, call -> { TlsStream s = stream(call); if (s != null) s.close(); return null; })
          .function("bytesRead", 1, call -> { TlsStream s = stream(call); return s == null ? 0 : s.bytesRead(); })
          .function("bytesWritten", 1, call -> { TlsStream s = stream(call); return s == null ? 0 : s.bytesWritten(); })
          .function("lastActivity", 1, call -> { TlsStream s = stream(call); return s == null ? 0 : s.lastActivity(); })
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

    private @Nullable Object addKey(Arguments call) {
      try {
        context(call, 0).addKey(call.bytes(1).copy(), call.stringOrNull(2), call.bytes(3).copy());
        return null;
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    private @Nullable Object addPkcs12(Arguments call) {
      try {
        context(call, 0).addPkcs12(call.bytes(1).copy(), call.stringOrNull(2));
        return null;
      } catch (GeneralSecurityException | IOException e) {
        throw new NodeException("ERR_CRYPTO_OPERATION_FAILED", "mac verify failure");
      }
    }

    private @Nullable Object addRoots(Arguments call) {
      try {
        context(call, 0).addRoots(call.bytes(1).copy());
        return null;
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    private @Nullable Object extendRoots(Arguments call) {
      try {
        context(call, 0).extendRoots(call.bytes(1).copy());
        return null;
      } catch (GeneralSecurityException e) {
        throw failure(e);
      }
    }

    /** What the stream below had read before this one began. */
    private @Nullable Object receive(Arguments call) {
      TlsStream stream = stream(call);
      if (stream != null) {
        Bytes bytes = call.bytes(1);
        stream.data(bytes.array(), bytes.offset(), bytes.length());
      }
      return null;
    }

    /** open(lowerId, contextId, isServer, owner, onRead, onEvent): a number or an error. */
    private Object open(Arguments call) {
      StreamHandle lower = table.get(call.int32(0));
      if (lower == null) {
        return EBADF;
      }
      return new TlsStream(
              loop, lower, call.bool(2), context(call, 1), call.value(3), call.callback(4), call.callback(5))
          .id();
    }

    /** configure(id, serverName, "proto,proto", requestCertificate, namesFirst). */
    private @Nullable Object configure(Arguments call) {
      TlsStream stream = stream(call);
      if (stream != null) {
        String protocols = call.string(2);
        stream.configure(
            call.stringOrNull(1),
            protocols.isEmpty() ? List.of() : List.of(protocols.split(",")),
            call.bool(3),
            call.bool(4));
      }
      return null;
    }

    private @Nullable Object resume(Arguments call) {
      TlsStream stream = stream(call);
      if (stream != null) {
        stream.resume(call.isNullish(1) ? null : context(call, 1));
      }
      return null;
    }

    private Object write(Arguments call) {
      Bytes bytes = call.bytes(1);
      return send(call, bytes.array(), bytes.offset(), bytes.length(), call.callback(2));
    }

    /** writeText(id, text, latin1, done). */
    private Object writeText(Arguments call) {
      byte[] bytes =
          call.string(1).getBytes(call.bool(2) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
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
        stream.serverName()
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
        for (X509Certificate certificate : stream.peerChain()) {
          described.add(describe(certificate));
        }
      }
      return described;
    }

    private @Nullable Object ownCertificate(Arguments call) {
      X509Certificate certificate = context(call, 0).ownCertificate();
      return certificate == null ? null : describe(certificate);
    }

    private static Map<String, @Nullable Object> describe(X509Certificate certificate) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      try {
        map.put("subject", certificate.getSubjectX500Principal().getName("RFC2253"));
        map.put("issuer", certificate.getIssuerX500Principal().getName("RFC2253"));
        List<Object> names = new ArrayList<>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
          alternatives.forEach(name -> names.add(new Object[] {name.get(0), String.valueOf(name.get(1))}));
        }
        map.put("names", names);
        map.put("ca", certificate.getBasicConstraints() >= 0);
        map.put("from", certificate.getNotBefore().getTime());
        map.put("to", certificate.getNotAfter().getTime());
        map.put("serial", certificate.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT));
        map.put("raw", certificate.getEncoded());
        map.put("pubkey", certificate.getPublicKey().getEncoded());
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
          map.put("bits", rsa.getModulus().bitLength());
          map.put("modulus", rsa.getModulus().toString(16).toUpperCase(java.util.Locale.ROOT));
          map.put("exponent", "0x" + rsa.getPublicExponent().toString(16));
        }
        for (String algorithm : new String[] {"SHA-1", "SHA-256", "SHA-512"}) {
          map.put(algorithm, java.security.MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        }
      } catch (CertificateEncodingException | java.security.NoSuchAlgorithmException
          | java.security.cert.CertificateParsingException e) {
        map.put("error", e.getMessage());
      }
      return map;
    }

    private static Object rootCertificates() {
      List<String> texts = new ArrayList<>();
      for (X509Certificate certificate : CertificateCheck.systemRoots()) {
        try {
          texts.add(
              "-----BEGIN CERTIFICATE-----\n"
                  + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                  + "\n-----END CERTIFICATE-----");
        } catch (CertificateEncodingException e) {
          // It was decoded from this very form.
        }
      }
      return texts;
    }

    private static Object cipherSuites() {
      try {
        return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
      } catch (GeneralSecurityException e) {
        return new Object[0];
      }
    }
  }

}
