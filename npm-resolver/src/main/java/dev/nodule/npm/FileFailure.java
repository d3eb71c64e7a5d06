package dev.nodule.npm;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the operating system said to a file operation, with the code that npm shows for it. */
public final class FileFailure {
  private static final Map<String, String> CODES = new LinkedHashMap<>();

  static {
    CODES.put("No space left", "ENOSPC");
    CODES.put("Read-only file system", "EROFS");
    CODES.put("Permission denied", "EACCES");
    CODES.put("Operation not permitted", "EPERM");
    CODES.put("Disk quota exceeded", "EDQUOT");
    CODES.put("File too large", "EFBIG");
    CODES.put("Not a directory", "ENOTDIR");
    CODES.put("Is a directory", "EISDIR");
    CODES.put("Too many levels of symbolic links", "ELOOP");
    CODES.put("File name too long", "ENAMETOOLONG");
    CODES.put("Too many open files", "EMFILE");
    CODES.put("Input/output error", "EIO");
  }

  /** Those that no other name or content of the file would have avoided. */
  private static final Set<String> OF_THIS_MACHINE =
      Set.of("ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT", "EFBIG", "EMFILE");

  private FileFailure() {}

  public static boolean isOfThisMachine(IOException e) {
    return OF_THIS_MACHINE.contains(code(e));
  }

  public static String code(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "ENOENT";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "EEXIST";
    }
    if (e instanceof AccessDeniedException) {
      return "EACCES";
    }
    String text = String.valueOf(e.getMessage());
    return CODES.entrySet().stream()
        .filter(c -> text.contains(c.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("EIO");
  }

  /** The failure for the user: code, reason, the file it is about, and what can be done. */
  public static NpmException of(String attempt, IOException e) {
    String code = code(e);
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason() + ", '" + f.getFile() + "'"
            : switch (code) {
              case "ENOENT" -> "no such file or directory, '" + e.getMessage() + "'";
              case "EACCES" -> "permission denied, '" + e.getMessage() + "'";
              default -> String.valueOf(e.getMessage());
            };
    String advice =
        switch (code) {
          case "EACCES", "EPERM" ->
              "\nYou do not have the permissions for this file or folder. Check who owns it.";
          case "EROFS" -> "\nIt lies on a read-only file system.";
          case "ENOSPC", "EDQUOT" ->
              "\nThere is not enough space on this file system. Free some, and run the command again.";
          default -> "";
        };
    return new NpmException(code, attempt + ": " + reason + advice, e);
  }
}
