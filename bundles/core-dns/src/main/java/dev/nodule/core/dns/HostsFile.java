package dev.nodule.core.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names that /etc/hosts has for an address. */
final class HostsFile {
  private HostsFile() {}

  static List<String> names(byte[] address) {
    List<String> names = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(Path.of("/etc/hosts"))) {
        String[] fields = line.split("#", 2)[0].trim().split("\\s+");
        byte[] entry = fields.length < 2 ? null : RecordData.address(fields[0]);
        if (entry != null && Arrays.equals(entry, address)) {
          names.addAll(Arrays.asList(fields).subList(1, fields.length));
        }
      }
    } catch (IOException e) {
      // Without the file, it has no names.
    }
    return names;
  }
}
