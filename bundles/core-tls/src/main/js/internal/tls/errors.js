'use strict';

// What the JDK's engine says of a failed handshake, in OpenSSL's words.

const ALERTS_OF_SSL3 = new Set([
  'unexpected_message', 'bad_record_mac', 'decompression_failure', 'handshake_failure', 'no_certificate', 'bad_certificate',
  'unsupported_certificate', 'certificate_revoked', 'certificate_expired', 'certificate_unknown', 'illegal_parameter',
]);

function handshakeError(message) {
  const alert = /Received fatal alert: (\w+)/.exec(message)?.[1];
  let reason;
  let code;
  if (alert !== undefined) {
    const kind = alert.startsWith('certificate_required') ? 'tlsv13' : ALERTS_OF_SSL3.has(alert) ? 'ssl/tls' : 'tlsv1';
    reason = `${kind} alert ${alert.replaceAll('_', ' ')}`;
    const prefix = kind === 'ssl/tls' ? 'SSLV3' : kind.toUpperCase();
    code = `ERR_SSL_${prefix}_ALERT_${alert.toUpperCase()}`;
  } else if (/Unsupported or unrecognized SSL message|Not an SSL\/TLS record/.test(message)) {
    reason = 'wrong version number';
    code = 'ERR_SSL_WRONG_VERSION_NUMBER';
  } else if (/No appropriate protocol|protocol version|not accepted by client|no protocol/i.test(message)) {
    reason = 'unsupported protocol';
    code = 'ERR_SSL_UNSUPPORTED_PROTOCOL';
  } else if (/no cipher suites in common|no negotiable cipher suite/i.test(message)) {
    reason = 'no shared cipher';
    code = 'ERR_SSL_NO_SHARED_CIPHER';
  } else {
    reason = message;
    code = 'ERR_SSL_HANDSHAKE_FAILURE';
  }
  const error = new Error(`${reason}`);
  error.library = 'SSL routines';
  error.reason = reason;
  error.code = code;
  return error;
}

module.exports = { handshakeError };
