'use strict';

// The fixed messages of Node's errors: a section for each base class, a line for each code without its 'ERR_'.
// One string costs nothing to parse; what needs logic is in internal/errors/computed.
module.exports = `
=TypeError
AMBIGUOUS_ARGUMENT The "%s" argument is ambiguous. %s
ARG_NOT_ITERABLE %s must be iterable
ASYNC_CALLBACK %s must be a function
ASYNC_TYPE Invalid name for async "type": %s
CONSOLE_WRITABLE_STREAM Console expects a writable stream instance for %s
CONSTRUCT_CALL_REQUIRED Class constructor %s cannot be invoked without \`new\`
CRYPTO_ECDH_INVALID_FORMAT Invalid ECDH format: %s
CRYPTO_INVALID_COUNTER Invalid counter
CRYPTO_INVALID_CURVE Invalid EC curve name
CRYPTO_INVALID_DIGEST Invalid digest: %s
CRYPTO_INVALID_IV Invalid initialization vector
CRYPTO_INVALID_JWK Invalid JWK data
CRYPTO_INVALID_KEY_OBJECT_TYPE Invalid key object type %s, expected %s.
CRYPTO_INVALID_MAC Invalid MAC: %s
CRYPTO_INVALID_TAG_LENGTH Invalid tag length
FEATURE_UNAVAILABLE_ON_PLATFORM The feature %s is unavailable on the current platform, which is being used to run Node.js
HTTP2_ALTSVC_INVALID_ORIGIN HTTP/2 ALTSVC frames require a valid origin
HTTP2_ALTSVC_LENGTH HTTP/2 ALTSVC frames are limited to 16382 bytes
HTTP2_HEADER_SINGLE_VALUE Header field "%s" must only have a single value
HTTP2_INVALID_CONNECTION_HEADERS HTTP/1 Connection specific headers are forbidden: "%s"
HTTP2_INVALID_HEADER_VALUE Invalid value "%s" for header "%s"
HTTP2_INVALID_ORIGIN HTTP/2 ORIGIN frames require a valid origin
HTTP2_INVALID_PSEUDOHEADER "%s" is an invalid pseudoheader or is used incorrectly
HTTP2_ORIGIN_LENGTH HTTP/2 ORIGIN frames are limited to 16382 bytes
HTTP2_PSEUDOHEADER_NOT_ALLOWED Cannot set HTTP/2 pseudo-headers
HTTP_INVALID_HEADER_VALUE Invalid value "%s" for header "%s"
ILLEGAL_CONSTRUCTOR Illegal constructor
IMPORT_ATTRIBUTE_MISSING Module "%s" needs an import attribute of "%s: %s"
IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE Module "%s" is not of type "%s"
INCOMPATIBLE_OPTION_PAIR Option "%s" cannot be used in combination with option "%s"
INVALID_CURSOR_POS Cannot set cursor row without setting its column
INVALID_FD_TYPE Unsupported fd type: %s
INVALID_FILE_URL_HOST File URL host must be "localhost" or empty on %s
INVALID_HANDLE_TYPE This handle type cannot be sent
INVALID_HTTP_TOKEN %s must be a valid HTTP token ["%s"]
INVALID_IP_ADDRESS Invalid IP address: %s
INVALID_OBJECT_DEFINE_PROPERTY %s
INVALID_PROTOCOL Protocol "%s" not supported. Expected "%s"
INVALID_REPL_EVAL_CONFIG Cannot specify both "breakEvalOnSigint" and "eval" for REPL
INVALID_REPL_INPUT %s
INVALID_SYNC_FORK_INPUT Asynchronous forks do not support Buffer, TypedArray, DataView or string input: %s
INVALID_THIS Value of "this" must be of type %s
INVALID_TRANSFER_OBJECT Found invalid object in transferList
INVALID_TUPLE %s must be an iterable %s tuple
MISSING_OPTION %s is required
MISSING_PASSPHRASE %s
MISSING_TRANSFERABLE_IN_TRANSFER_LIST Object that needs transfer was found in message but not listed in transferList
MODULE_LINK_MISMATCH %s
NAPI_CONS_FUNCTION Constructor must be a function
NO_ICU %s is not supported on Node.js compiled without ICU
PARSE_ARGS_INVALID_OPTION_VALUE %s
PARSE_ARGS_UNEXPECTED_POSITIONAL Unexpected argument '%s'. This command does not take positional arguments
PERFORMANCE_INVALID_TIMESTAMP %d is not a valid timestamp
PERFORMANCE_MEASURE_INVALID_OPTIONS %s
SOCKET_BAD_BUFFER_SIZE Buffer size must be a positive integer
SOCKET_BAD_TYPE Bad socket type specified. Valid types are: udp4, udp6
STREAM_ITER_MISSING_FLAG The stream/iter API requires the --experimental-stream-iter flag
STREAM_NULL_VALUES May not write null values to stream
TLS_ALPN_CALLBACK_WITH_PROTOCOLS The ALPNCallback and ALPNProtocols TLS options are mutually exclusive
TLS_INVALID_CONTEXT %s must be a SecureContext
TLS_INVALID_PROTOCOL_METHOD %s
TLS_INVALID_PROTOCOL_VERSION "%s" is not a valid %s TLS protocol version
TLS_PROTOCOL_VERSION_CONFLICT TLS protocol version "%s" conflicts with secureProtocol "%s"
TRACE_EVENTS_CATEGORY_REQUIRED At least one category is required
TRAILING_JUNK_AFTER_STREAM_END Trailing junk found after the end of the compressed stream
UNESCAPED_CHARACTERS %s contains unescaped characters
UNKNOWN_ENCODING Unknown encoding: %s
UNKNOWN_FILE_EXTENSION Unknown file extension "%s" for %s
UNKNOWN_SIGNAL Unknown signal: %s
UNSUPPORTED_RESOLVE_REQUEST Failed to resolve module specifier "%s" from "%s": Invalid relative URL or base scheme is not hierarchical.
VM_DYNAMIC_IMPORT_CALLBACK_MISSING A dynamic import callback was not specified.
VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG A dynamic import callback was invoked without --experimental-vm-modules
WEBASSEMBLY_RESPONSE WebAssembly response %s
WORKER_UNSUPPORTED_OPERATION %s is not supported in workers
ZIP_NOT_WRITABLE this archive was not opened for writing
=Error
ACCESS_DENIED %s
ASSERTION %s
ASYNC_LOADER_REQUEST_NEVER_SETTLED Async loader request never settled
CANNOT_WATCH_SIGINT Cannot watch for SIGINT signals
CHILD_CLOSED_BEFORE_REPLY Child closed before reply received
CHILD_PROCESS_IPC_REQUIRED Forked processes must have an IPC channel, missing value 'ipc' in %s
CLOSED_MESSAGE_PORT Cannot send data on closed MessagePort
CONTEXT_NOT_INITIALIZED context used is not initialized
CRYPTO_ARGON2_NOT_SUPPORTED Argon2 algorithm not supported
CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED Custom engines not supported by this OpenSSL
CRYPTO_ECDH_INVALID_PUBLIC_KEY Public key is not valid for specified curve
CRYPTO_ENGINE_UNKNOWN Engine "%s" was not found
CRYPTO_FIPS_FORCED Cannot set FIPS mode, it was forced with --force-fips at startup.
CRYPTO_FIPS_UNAVAILABLE Cannot set FIPS mode in a non-FIPS build.
CRYPTO_HASH_FINALIZED Digest already called
CRYPTO_HASH_UPDATE_FAILED Hash update failed
CRYPTO_INCOMPATIBLE_KEY Incompatible %s: %s
CRYPTO_INCOMPATIBLE_KEY_OPTIONS The selected key encoding %s %s.
CRYPTO_INITIALIZATION_FAILED Initialization failed
CRYPTO_INVALID_AUTH_TAG Invalid authentication tag
CRYPTO_INVALID_MESSAGELEN Invalid message length
CRYPTO_INVALID_STATE Invalid state for operation %s
CRYPTO_JOB_INIT_FAILED Failed to initialize crypto job config
CRYPTO_KEM_NOT_SUPPORTED KEM is not supported
CRYPTO_MAC_FINALIZED MAC already finalized
CRYPTO_MAC_NOT_SUPPORTED MAC is not supported
CRYPTO_MAC_UPDATE_FAILED MAC update failed
CRYPTO_OPERATION_FAILED %s
CRYPTO_PBKDF2_ERROR PBKDF2 error
CRYPTO_SCRYPT_NOT_SUPPORTED Scrypt algorithm not supported
CRYPTO_SIGN_KEY_REQUIRED No key provided to sign
CRYPTO_UNKNOWN_CIPHER Unknown cipher
CRYPTO_UNKNOWN_DH_GROUP Unknown DH group
CRYPTO_UNSUPPORTED_OPERATION Unsupported crypto operation
DEBUGGER_ERROR %s
DEBUGGER_STARTUP_ERROR %s
DIR_CLOSED Directory handle was closed
DIR_CONCURRENT_OPERATION Cannot do synchronous work on directory handle with concurrent asynchronous operations
DLOPEN_DISABLED %s
DLOPEN_FAILED %s
DNS_SET_SERVERS_FAILED c-ares failed to set servers: "%s" [%s]
DOMAIN_CALLBACK_NOT_AVAILABLE A callback was registered through process.setUncaughtExceptionCaptureCallback(), which is mutually exclusive with using the \`domain\` module
DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE The \`domain\` module is in use, which is mutually exclusive with calling process.setUncaughtExceptionCaptureCallback()
DUPLICATE_STARTUP_SNAPSHOT_MAIN_FUNCTION Deserialize main function is already configured.
EVAL_ESM_CANNOT_PRINT --print cannot be used with ESM input
EVENT_RECURSION The event "%s" is already being dispatched
EXECUTION_ENVIRONMENT_NOT_AVAILABLE Context not associated with Node.js environment
FFI_LIBRARY_CLOSED Library is closed
FS_WATCH_QUEUE_OVERFLOW fs.watch() queued more than %d events
HTTP2_CONNECT_AUTHORITY :authority header is required for CONNECT requests
HTTP2_CONNECT_PATH The :path header is forbidden for CONNECT requests
HTTP2_CONNECT_SCHEME The :scheme header is forbidden for CONNECT requests
HTTP2_ERROR %s
HTTP2_GOAWAY_SESSION New streams cannot be created after receiving a GOAWAY
HTTP2_HEADERS_AFTER_RESPOND Cannot specify additional headers after response initiated
HTTP2_HEADERS_SENT Response has already been initiated.
HTTP2_INVALID_SESSION The session has been destroyed
HTTP2_INVALID_STREAM The stream has been destroyed
HTTP2_MAX_PENDING_SETTINGS_ACK Maximum number of pending settings acknowledgements
HTTP2_NESTED_PUSH A push stream cannot initiate another push stream.
HTTP2_NO_MEM Out of memory
HTTP2_NO_SOCKET_MANIPULATION HTTP/2 sockets should not be directly manipulated (e.g. read and written)
HTTP2_OUT_OF_STREAMS No stream ID is available because maximum stream ID has been reached
HTTP2_PAYLOAD_FORBIDDEN Responses with %s status must not have a payload
HTTP2_PING_CANCEL HTTP2 ping cancelled
HTTP2_PUSH_DISABLED HTTP/2 client has disabled push streams
HTTP2_SEND_FILE Directories cannot be sent
HTTP2_SEND_FILE_NOSEEK Offset or length can only be specified for regular files
HTTP2_SESSION_ERROR Session closed with error code %s
HTTP2_SETTINGS_CANCEL HTTP2 session settings canceled
HTTP2_SOCKET_BOUND The socket is already bound to an Http2Session
HTTP2_SOCKET_UNBOUND The socket has been disconnected from the Http2Session
HTTP2_STATUS_101 HTTP status code 101 (Switching Protocols) is forbidden in HTTP/2
HTTP2_STREAM_ERROR Stream closed with error code %s
HTTP2_STREAM_SELF_DEPENDENCY A stream cannot depend on itself
HTTP2_TOO_MANY_CUSTOM_SETTINGS Number of custom settings exceeds MAX_ADDITIONAL_SETTINGS
HTTP2_TOO_MANY_INVALID_FRAMES Too many invalid HTTP/2 frames
HTTP2_TOO_MANY_ORIGINS The server sent more ORIGIN frames than the allowed number of %s
HTTP2_TRAILERS_ALREADY_SENT Trailing headers have already been sent
HTTP2_TRAILERS_NOT_READY Trailing headers cannot be sent until after the wantTrailers event is emitted
HTTP2_UNSUPPORTED_PROTOCOL protocol "%s" is unsupported.
HTTP_BODY_NOT_ALLOWED Adding content for this request method or response status is not allowed.
HTTP_CONTENT_LENGTH_MISMATCH Response body's content-length of %s byte(s) does not match the content-length of %s byte(s) set in header
HTTP_HEADERS_SENT Cannot %s headers after they are sent to the client
HTTP_REQUEST_TIMEOUT Request timeout
HTTP_SOCKET_ASSIGNED ServerResponse has an already assigned socket
HTTP_SOCKET_ENCODING Changing the socket encoding is not allowed per RFC7230 Section 3.
HTTP_TRAILER_INVALID Trailers are invalid with this transfer encoding
INPUT_TYPE_NOT_ALLOWED --input-type can only be used with string input via --eval, --print, or STDIN
INSPECTOR_ALREADY_ACTIVATED Inspector is already activated. Close it with inspector.close() before activating it again.
INSPECTOR_ALREADY_CONNECTED %s is already connected
INSPECTOR_CLOSED Session was closed
INSPECTOR_NOT_ACTIVE Inspector is not active
INSPECTOR_NOT_AVAILABLE Inspector is not available
INSPECTOR_NOT_CONNECTED Session is not connected
INSPECTOR_NOT_WORKER Current thread is not a worker
INVALID_PACKAGE_CONFIG_TYPE %s
INVALID_STATE Invalid state: %s
IPC_CHANNEL_CLOSED Channel closed
IPC_DISCONNECTED IPC channel is already disconnected
IPC_ONE_PIPE Child process can have only one IPC pipe
IPC_SYNC_FORK IPC cannot be used with synchronous forks
IP_BLOCKED IP(%s) is blocked by net.BlockList
LOADER_CHAIN_INCOMPLETE "%s" did not call the next hook in its chain and did not explicitly signal a short circuit. If this is intentional, include \`shortCircuit: true\` in the hook's return.
MEMORY_ALLOCATION_FAILED Failed to allocate memory
METHOD_NOT_IMPLEMENTED The %s method is not implemented
MODULE_UNAVAILABLE The core module '%s' is not available: its bundle is not active
MULTIPLE_CALLBACK Callback called multiple times
NOT_BUILDING_SNAPSHOT Operation cannot be invoked when not building startup snapshot
NOT_IN_SINGLE_EXECUTABLE_APPLICATION Operation cannot be invoked when not in a single-executable application
NOT_SUPPORTED_IN_SNAPSHOT %s is not supported in startup snapshot
NO_CRYPTO Node.js is not compiled with OpenSSL crypto support
NO_TEMPORAL Temporal is not supported in this environment
NO_TYPESCRIPT Node.js is not compiled with TypeScript support
OPERATION_FAILED Operation failed: %s
PACKAGE_MAP_EXTERNAL_FILE Cannot resolve "%s" from "%s": file is not within any package defined in %s
PACKAGE_MAP_KEY_NOT_FOUND Package key "%s" referenced in dependencies but not defined in %s
PROXY_INVALID_CONFIG %s
PROXY_TUNNEL %s
QUIC_CONNECTION_FAILED QUIC connection failed
QUIC_ENDPOINT_CLOSED QUIC endpoint closed: %s (%d)
QUIC_OPEN_STREAM_FAILED Failed to open QUIC stream
QUIC_STREAM_ABORTED %s
QUIC_VERSION_NEGOTIATION_ERROR The QUIC session requires version negotiation
REQUIRE_CYCLE_MODULE %s
SCRIPT_EXECUTION_INTERRUPTED Script execution was interrupted by \`SIGINT\`
SCRIPT_EXECUTION_TIMEOUT Script execution timed out after %sms
SERVER_ALREADY_LISTEN Listen method has been called more than once without closing.
SERVER_NOT_RUNNING Server is not running.
SINGLE_EXECUTABLE_APPLICATION_ASSET_NOT_FOUND Cannot find asset %s for the single executable application
SOCKET_ALREADY_BOUND Socket is already bound
SOCKET_CLOSED Socket is closed
SOCKET_CLOSED_BEFORE_CONNECTION Socket closed before the connection was established
SOCKET_CONNECTION_TIMEOUT Socket connection timeout
SOCKET_DGRAM_IS_CONNECTED Already connected
SOCKET_DGRAM_NOT_CONNECTED Not connected
SOCKET_DGRAM_NOT_RUNNING Not running
SOCKET_HANDLE_ADOPTED The bound socket has already been adopted by a server or socket
SOURCE_MAP_CORRUPT The source map for '%s' does not exist or is corrupt.
SOURCE_MAP_MISSING_SOURCE Cannot find '%s' imported from the source map for '%s'
STREAM_ALREADY_FINISHED Cannot call %s after a stream was finished
STREAM_CANNOT_PIPE Cannot pipe, not readable
STREAM_DESTROYED Cannot call %s after a stream was destroyed
STREAM_ERROR %s
STREAM_PREMATURE_CLOSE Premature close
STREAM_PUSH_AFTER_EOF stream.push() after EOF
STREAM_UNABLE_TO_PIPE Cannot pipe to a closed or destroyed stream
STREAM_UNSHIFT_AFTER_END_EVENT stream.unshift() after end event
STREAM_WRAP Stream has StringDecoder set or is in objectMode
STREAM_WRITE_AFTER_END write after end
STRING_TOO_LONG Cannot create a string longer than 0x%s characters
SYNTHETIC JavaScript Callstack
THROTTLED The call was dropped by the throttled function
TLS_DH_PARAM_SIZE DH parameter size %s is less than 2048
TLS_HANDSHAKE_TIMEOUT TLS handshake timeout
TLS_INVALID_STATE TLS socket connection must be securely established
TLS_PSK_SET_IDENTITY_HINT_FAILED Failed to set PSK identity hint
TLS_RENEGOTIATION_DISABLED TLS session renegotiation disabled for this socket
TLS_RENEGOTIATION_UNSUPPORTED TLS session renegotiation is unsupported by this TLS implementation
TLS_REQUIRED_SERVER_NAME "servername" is required parameter for Server.addContext
TLS_SESSION_ATTACK TLS session renegotiation attack detected
TLS_SNI_FROM_SERVER Cannot issue SNI from a TLS server-side socket
TRACE_EVENTS_UNAVAILABLE Trace events are unavailable
UNAVAILABLE_DURING_EXIT Cannot call function in process exit handler
UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET \`process.setupUncaughtExceptionCapture()\` was called while a capture callback was already active
UNKNOWN_BUILTIN_MODULE No such built-in module: %s
UNKNOWN_CREDENTIAL %s identifier does not exist: %s
UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING Stripping types is currently unsupported for files under node_modules, for "%s"
USE_AFTER_CLOSE %s was closed
VALID_PERFORMANCE_ENTRY_TYPE At least one valid performance entry type is required
VFS_INVALID_TARGET %s is not a valid --vfs-mount source: must be an existing file or directory
VM_MODULE_ALREADY_LINKED Module has already been linked
VM_MODULE_CACHED_DATA_REJECTED cachedData buffer was rejected
VM_MODULE_CANNOT_CREATE_CACHED_DATA Cached data cannot be created for a module which has been evaluated
VM_MODULE_DIFFERENT_CONTEXT Linked modules must use the same context
VM_MODULE_NOT_MODULE Provided module is not an instance of Module
VM_MODULE_STATUS Module status %s
WASI_ALREADY_STARTED WASI instance has already started
WEBASSEMBLY_NOT_SUPPORTED WebAssembly is not supported in this environment, but is required for %s
WORKER_HANDLE_NOT_TRANSFERABLE %s cannot be transferred in its current state; it must be a freshly created or accepted handle that has not started reading and has no pending writes
WORKER_INIT_FAILED Worker initialization failure: %s
WORKER_MESSAGING_ERRORED The destination thread threw an error while processing the message
WORKER_MESSAGING_FAILED Cannot find the destination thread or listener
WORKER_MESSAGING_SAME_THREAD Cannot sent a message to the same thread
WORKER_MESSAGING_TIMEOUT Sending a message to another thread timed out
WORKER_NOT_RUNNING Worker instance not running
WORKER_OUT_OF_MEMORY Worker terminated due to reaching memory limit: %s
WORKER_UNSERIALIZABLE_ERROR Serializing an uncaught exception failed
ZIP_ENTRY_CORRUPT ZIP entry is corrupt: %s
ZIP_ENTRY_NOT_FOUND no such entry "%s" in the archive
ZIP_INVALID_ARCHIVE invalid ZIP archive: %s
ZIP_UNSUPPORTED_FEATURE unsupported ZIP feature: %s
ZLIB_INITIALIZATION_FAILED Initialization failed
=RangeError
BROTLI_INVALID_PARAM %s is not a valid Brotli parameter
BUFFER_TOO_LARGE Cannot create a Buffer larger than %s bytes
CHILD_PROCESS_STDIO_MAXBUFFER %s maxBuffer length exceeded
CRYPTO_INVALID_KEYLEN Invalid key length
CRYPTO_INVALID_KEYPAIR Invalid key pair
CRYPTO_INVALID_KEYTYPE Invalid key type
CRYPTO_INVALID_SCRYPT_PARAMS Invalid scrypt params
CRYPTO_TIMING_SAFE_EQUAL_LENGTH Input buffers must have the same byte length
ENCODING_NOT_SUPPORTED The "%s" encoding is not supported
FS_FILE_TOO_LARGE File size (%s) is greater than 2 GiB
HTTP2_INFO_STATUS_NOT_ALLOWED Informational status codes cannot be used
HTTP2_INVALID_INFO_STATUS Invalid informational status code: %s
HTTP2_INVALID_PACKED_SETTINGS_LENGTH Packed settings length must be a multiple of six
HTTP2_PING_LENGTH HTTP2 ping payload must be 8 bytes
HTTP2_STATUS_INVALID Invalid status code: %s
HTTP_INVALID_STATUS_CODE Invalid status code: %s
INVALID_ASYNC_ID Invalid %s value: %s
INVALID_BUFFER_SIZE Buffer size must be a multiple of %s
INVALID_FD "fd" must be a positive integer: %s
NAPI_INVALID_DATAVIEW_ARGS byte_offset + byte_length should be less than or equal to the size in bytes of the array passed in
NAPI_INVALID_TYPEDARRAY_ALIGNMENT start offset of %s should be a multiple of %s
NAPI_INVALID_TYPEDARRAY_LENGTH Invalid typed array length
UNKNOWN_MODULE_FORMAT Unknown module format: %s for URL %s
ZIP_ARCHIVE_TOO_LARGE ZIP archive structure exceeds the allowed size: %s
ZIP_ENTRY_TOO_LARGE ZIP entry exceeds the allowed size: %s
ZSTD_INVALID_PARAM %s is not a valid zstd parameter
=SystemError
FS_CP_DIR_TO_NON_DIR Cannot overwrite non-directory with directory
FS_CP_EEXIST Target already exists
FS_CP_EINVAL Invalid src or dest
FS_CP_FIFO_PIPE Cannot copy a FIFO pipe
FS_CP_NON_DIR_TO_DIR Cannot overwrite directory with non-directory
FS_CP_SOCKET Cannot copy a socket file
FS_CP_SYMLINK_TO_SUBDIRECTORY Cannot overwrite symlink in subdirectory of self
FS_CP_UNKNOWN Cannot copy an unknown file type
FS_EISDIR Path is a directory
SOCKET_BUFFER_SIZE Could not get or set buffer size
SYSTEM_ERROR A system error occurred
TTY_INIT_FAILED TTY initialization failed
=SyntaxError
SOURCE_PHASE_NOT_DEFINED Source phase import object is not defined for module '%s'
INVALID_TYPESCRIPT_SYNTAX %s
PACKAGE_MAP_INVALID Invalid package-map.json at "%s": %s
SRI_PARSE Subresource Integrity string "%s" had an unexpected "%s" at position %d
TLS_CERT_ALTNAME_FORMAT Invalid subject alternative name string
UNSUPPORTED_TYPESCRIPT_SYNTAX %s
=URIError
INVALID_URI URI malformed
`;
