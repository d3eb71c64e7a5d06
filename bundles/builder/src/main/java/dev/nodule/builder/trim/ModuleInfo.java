package dev.nodule.builder.trim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleExportInfo;
import java.lang.classfile.attribute.ModuleOpenInfo;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.classfile.attribute.ModuleProvideInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A module's declaration without packages and providers that were trimmed away. */
final class ModuleInfo {
  private ModuleInfo() {}

  /**
   * Rewrites module-info.class.
   *
   * @param classes internal names of the classes that the module still has
   * @param packages their packages, with slashes
   */
  static byte[] trim(byte[] bytes, Set<String> classes, Set<String> packages) {
    ClassFile files = ClassFile.of();
    ClassModel model = files.parse(bytes);
    return files.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof ModuleAttribute module) {
            builder.with(trim(module, classes, packages));
          } else if (!(element instanceof ModulePackagesAttribute)) {
            builder.with(element);
          }
        });
  }

  private static ModuleAttribute trim(
      ModuleAttribute module, Set<String> classes, Set<String> packages) {
    List<ModuleExportInfo> exports =
        module.exports().stream()
            .filter(export -> packages.contains(export.exportedPackage().name().stringValue()))
            .toList();
    List<ModuleOpenInfo> opens =
        module.opens().stream()
            .filter(open -> packages.contains(open.openedPackage().name().stringValue()))
            .toList();
    List<ModuleProvideInfo> provides = new ArrayList<>();
    for (ModuleProvideInfo provide : module.provides()) {
      List<ClassEntry> with =
          provide.providesWith().stream()
              .filter(provider -> classes.contains(provider.asInternalName()))
              .toList();
      if (!with.isEmpty()) {
        provides.add(ModuleProvideInfo.of(provide.provides(), with));
      }
    }
    return ModuleAttribute.of(
        module.moduleName(),
        module.moduleFlagsMask(),
        module.moduleVersion().orElse(null),
        module.requires(),
        exports,
        opens,
        module.uses(),
        provides);
  }
}
