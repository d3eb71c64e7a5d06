'use strict';

// Error numbers of WASI preview 1 ("errno" of its specification): in the order of the specification from 0 on.

const names = (
  'SUCCESS 2BIG ACCES ADDRINUSE ADDRNOTAVAIL AFNOSUPPORT AGAIN ALREADY BADF BADMSG BUSY CANCELED CHILD CONNABORTED CONNREFUSED CONNRESET ' +
  'DEADLK DESTADDRREQ DOM DQUOT EXIST FAULT FBIG HOSTUNREACH IDRM ILSEQ INPROGRESS INTR INVAL IO ISCONN ISDIR LOOP MFILE MLINK MSGSIZE ' +
  'MULTIHOP NAMETOOLONG NETDOWN NETRESET NETUNREACH NFILE NOBUFS NODEV NOENT NOEXEC NOLCK NOLINK NOMEM NOMSG NOPROTOOPT NOSPC NOSYS ' +
  'NOTCONN NOTDIR NOTEMPTY NOTRECOVERABLE NOTSOCK NOTSUP NOTTY NXIO OVERFLOW OWNERDEAD PERM PIPE PROTO PROTONOSUPPORT PROTOTYPE RANGE ' +
  'ROFS SPIPE SRCH STALE TIMEDOUT TXTBSY XDEV NOTCAPABLE'
).split(' ');

const errno = { __proto__: null };
names.forEach((name, number) => { errno[name] = number; });

/** Ends an import with an error number. */
class Failure {
  constructor(number) {
    this.number = number;
  }
}

function fail(name) {
  return new Failure(errno[name]);
}

/** The number of what was thrown; undefined for what is no matter of the system's. */
function numberOf(error) {
  if (error instanceof Failure) return error.number;
  // What lies outside of the memory.
  if (error instanceof RangeError && error.code === undefined) return errno.OVERFLOW;
  const { code } = error ?? {};
  if (code === 'ERR_ACCESS_DENIED') return errno.NOTCAPABLE;
  return typeof code === 'string' && code[0] === 'E' && typeof error.errno === 'number' ? errno[code.slice(1)] ?? errno.IO : undefined;
}

/** What the constructor throws, as uvwasi's errors are called. */
function initializationError(error) {
  const code = `UVWASI_${error.code ?? 'EIO'}`;
  const made = new Error(`${code}, uvwasi_init`);
  made.errno = errno[`${error.code}`.slice(1)] ?? errno.IO;
  made.code = code;
  made.syscall = 'uvwasi_init';
  return made;
}

module.exports = { errno, fail, initializationError, numberOf };
