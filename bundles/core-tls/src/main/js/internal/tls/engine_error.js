'use strict';

// What the engine says of a failed handshake, in OpenSSL's words and with its codes.

// RFC 8446, section 6
const received = {
  __proto__: null,
  unexpected_message: 'ssl/tls alert unexpected message',
  bad_record_mac: 'ssl/tls alert bad record mac',
  record_overflow: 'tlsv1 alert record overflow',
  handshake_failure: 'ssl/tls alert handshake failure',
  bad_certificate: 'ssl/tls alert bad certificate',
  unsupported_certificate: 'ssl/tls alert unsupported certificate',
  certificate_revoked: 'ssl/tls alert certificate revoked',
  certificate_expired: 'ssl/tls alert certificate expired',
  certificate_unknown: 'ssl/tls alert certificate unknown',
  illegal_parameter: 'ssl/tls alert illegal parameter',
  unknown_ca: 'tlsv1 alert unknown ca',
  access_denied: 'tlsv1 alert access denied',
  decode_error: 'tlsv1 alert decode error',
  decrypt_error: 'tlsv1 alert decrypt error',
  protocol_version: 'tlsv1 alert protocol version',
  insufficient_security: 'tlsv1 alert insufficient security',
  internal_error: 'tlsv1 alert internal error',
  inappropriate_fallback: 'tlsv1 alert inappropriate fallback',
  user_canceled: 'tlsv1 alert user cancelled',
  missing_extension: 'tlsv13 alert missing extension',
  unsupported_extension: 'tlsv1 unsupported extension',
  unrecognized_name: 'tlsv1 unrecognized name',
  certificate_required: 'tlsv13 alert certificate required',
  no_application_protocol: 'tlsv1 alert no application protocol',
};

const numbers = {
  __proto__: null,
  unexpected_message: 10, bad_record_mac: 20, record_overflow: 22, handshake_failure: 40, bad_certificate: 42,
  unsupported_certificate: 43, certificate_revoked: 44, certificate_expired: 45, certificate_unknown: 46,
  illegal_parameter: 47, unknown_ca: 48, access_denied: 49, decode_error: 50, decrypt_error: 51, protocol_version: 70,
  insufficient_security: 71, internal_error: 80, inappropriate_fallback: 86, user_canceled: 90, missing_extension: 109,
  unsupported_extension: 110, unrecognized_name: 112, certificate_required: 116, no_application_protocol: 120,
};

// The JDK's own complaints, by what they begin with or hold.
const complaints = [
  [/^Unsupported or unrecognized SSL message|^Not.*(?:TLS|SSL) |plaintext connection/, 'wrong version number'],
  [/^Unsupported SSL v2|HTTP request/, 'http request'],
  [/No appropriate protocol|protocol is disabled or cipher suites are inappropriate/, 'no protocols available'],
  [/not enabled or supported|protocol version|[Cc]lient requested protocol|chosen an unsupported|not accept.*version/,
   'unsupported protocol'],
  [/no cipher suites in common|[Nn]o available.*credential|inappropriate.*cipher/, 'no shared cipher'],
  [/[Ee]mpty (client|server) certificate chain|[Cc]lient.*not authenticated/, 'peer did not return a certificate'],
  [/No available application protocol|application.*protocol/i, 'no application protocol'],
  [/Unable to negotiate.*group|No common named group|no.*named group/i, 'no suitable key share'],
  [/No available authentication scheme/, 'no suitable signature algorithm'],
  [/signature (algorithm|scheme)/i, 'no suitable signature algorithm'],
  [/Tag mismatch|bad record MAC|MAC/i, 'decryption failed or bad record mac'],
];

const codes = { __proto__: null, 'http request': '0A00009C', 'wrong version number': '0A00010B', 'no shared cipher': '0A0000C1',
                'unsupported protocol': '0A000102', 'no protocols available': '0A0000BF', 'no application protocol': '0A0000EB',
                'peer did not return a certificate': '0A0000C7', 'no suitable signature algorithm': '0A000076',
                'no suitable key share': '0A000065', 'decryption failed or bad record mac': '0A000119' };

function engineError(message) {
  const alert = /fatal alert: (\w+)/.exec(message)?.[1].toLowerCase();
  let reason;
  let number;
  if (alert !== undefined) {
    reason = received[alert] ?? `tlsv1 alert ${alert.replaceAll('_', ' ')}`;
    number = `0A${(1000 + (numbers[alert] ?? 0)).toString(16).toUpperCase().padStart(6, '0')}`;
  } else {
    reason = complaints.find(({ 0: pattern }) => pattern.test(message))?.[1];
    number = codes[reason];
  }
  const error = new Error(reason === undefined ? message : `error:${number}:SSL routines::${reason}`);
  error.stack = `Error: ${error.message}`; // it came from no call
  error.library = 'SSL routines';
  error.reason = reason ?? message;
  error.code = reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
  return error;
}

// TLS 1.3 knows no renegotiation.
function wrongVersion() {
  const error = new Error('error:0A00010A:SSL routines::wrong ssl version');
  error.library = 'SSL routines';
  error.reason = 'wrong ssl version';
  error.code = 'ERR_SSL_WRONG_SSL_VERSION';
  return error;
}

module.exports = { engineError, wrongVersion };
