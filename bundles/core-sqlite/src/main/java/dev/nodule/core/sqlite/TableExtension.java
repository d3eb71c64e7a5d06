package dev.nodule.core.sqlite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The smallest extension of SQLite that there is: its entry point keeps the table of functions that
 * SQLite hands to it, in a variable that others find by its name. It is an ELF file of 64 bits with
 * two segments (System V ABI, "Object Files" and "Program Loading and Dynamic Linking"): code with
 * names, and what is written to.
 */
final class TableExtension {
  /** The entry point: {@code int (sqlite3*, char**, const sqlite3_api_routines*)}. */
  static final String ENTRY = "nodule_sqlite_entry";

  /** The variable: a pointer to the table. */
  static final String TABLE = "nodule_sqlite_table";

  private static final short MACHINE_X86_64 = 62;
  private static final short MACHINE_AARCH64 = 183;

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int HASH_AT = 0x140;
  private static final int SYMBOLS_AT = 0x180;
  private static final int SYMBOL = 24;
  private static final int STRINGS_AT = 0x200;
  private static final int CODE_AT = 0x300;
  private static final int CODE_END = 0x320;

  /** Where the second segment is in the file; in memory that is one of the largest pages later. */
  private static final int DATA_AT = 0x400;

  private static final int LARGEST_PAGE = 0x10000;
  private static final int DATA_ADDRESS = LARGEST_PAGE + DATA_AT;
  private static final int DYNAMIC_SIZE = 6 * 16;
  private static final int TABLE_ADDRESS = DATA_ADDRESS + DYNAMIC_SIZE;
  private static final int DATA_SIZE = DYNAMIC_SIZE + 8;

  private static final int READ_EXECUTE = 5;
  private static final int READ_WRITE = 6;

  private TableExtension() {}

  /** The file for this machine. */
  static byte[] file() {
    String machine = System.getProperty("os.arch", "");
    return switch (machine) {
      case "amd64", "x86_64" -> file(MACHINE_X86_64);
      case "aarch64", "arm64" -> file(MACHINE_AARCH64);
      default -> throw new UnsupportedOperationException("no SQLite for the machine " + machine);
    };
  }

  private static byte[] file(short machine) {
    ByteBuffer out = ByteBuffer.allocate(DATA_AT + DATA_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header(out, machine);
    String strings = "\0" + ENTRY + "\0" + TABLE + "\0";
    out.position(HASH_AT);
    // One bucket; symbol 1 begins its chain, 2 ends it.
    for (int word : new int[] {1, 3, 1, 0, 2, 0}) {
      out.putInt(word);
    }
    symbol(out, 1, strings.indexOf(ENTRY), 2, CODE_AT, CODE_END - CODE_AT);
    symbol(out, 2, strings.indexOf(TABLE), 1, TABLE_ADDRESS, 8);
    out.put(STRINGS_AT, strings.getBytes(StandardCharsets.US_ASCII));
    out.position(CODE_AT);
    if (machine == MACHINE_X86_64) {
      codeOfX86(out);
    } else {
      codeOfAarch64(out);
    }
    out.position(DATA_AT);
    dynamic(out, 4, HASH_AT);
    dynamic(out, 5, STRINGS_AT);
    dynamic(out, 6, SYMBOLS_AT);
    dynamic(out, 10, strings.length());
    dynamic(out, 11, SYMBOL);
    dynamic(out, 0, 0);
    return out.array();
  }

  private static void header(ByteBuffer out, short machine) {
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    out.putShort((short) 3).putShort(machine).putInt(1);
    out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 4);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    segment(out, 1, READ_EXECUTE, 0, 0, CODE_END, LARGEST_PAGE);
    segment(out, 1, READ_WRITE, DATA_AT, DATA_ADDRESS, DATA_SIZE, LARGEST_PAGE);
    segment(out, 2, READ_WRITE, DATA_AT, DATA_ADDRESS, DYNAMIC_SIZE, 8);
    // PT_GNU_STACK: without it the stack would be made executable.
    segment(out, 0x6474e551, READ_WRITE, 0, 0, 0, 16);
  }

  private static void segment(
      ByteBuffer out, int type, int flags, long offset, long address, long size, long alignment) {
    out.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
    out.putLong(size).putLong(size).putLong(alignment);
  }

  private static void symbol(
      ByteBuffer out, int number, int name, int type, long address, long size) {
    int global = 1 << 4;
    out.position(SYMBOLS_AT + number * SYMBOL);
    // Any section but the special ones: the file has none.
    out.putInt(name).put((byte) (global | type)).put((byte) 0).putShort((short) 1);
    out.putLong(address).putLong(size);
  }

  private static void dynamic(ByteBuffer out, long tag, long value) {
    out.putLong(tag).putLong(value);
  }

  private static void codeOfX86(ByteBuffer out) {
    int length = 7;
    out.put(new byte[] {0x48, (byte) 0x89, 0x15}).putInt(TABLE_ADDRESS - CODE_AT - length); // mov
    out.put(new byte[] {0x31, (byte) 0xc0, (byte) 0xc3}); // xor eax, eax; ret
  }

  private static void codeOfAarch64(ByteBuffer out) {
    int distance = TABLE_ADDRESS - CODE_AT;
    out.putInt(0x10000003 | (distance & 3) << 29 | (distance >> 2 & 0x7ffff) << 5); // adr x3
    out.putInt(0xf9000062).putInt(0x52800000).putInt(0xd65f03c0); // str x2, [x3]; mov w0, 0; ret
  }
}
