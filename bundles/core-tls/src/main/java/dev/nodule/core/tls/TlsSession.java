package dev.nodule.core.tls;

import javax.net.ssl.SSLContext;

/**
 * Where the JDK keeps a client's session: in a context, by the name of the peer. Each connection
 * that asks for none has a peer of its own, so that none is taken up unasked.
 */
record TlsSession(SSLContext context, String peerName) {}
