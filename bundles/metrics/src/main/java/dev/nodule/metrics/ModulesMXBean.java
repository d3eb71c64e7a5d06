package dev.nodule.metrics;

import java.util.List;
import java.util.Map;

/** The MBean {@code dev.nodule:type=Modules} ({@code --metrics-jmx}). */
public interface ModulesMXBean {
  List<ModuleFigures> getModules();

  List<LoopFigures> getLoops();

  /** How many operations there were, by kind and result, as in {@code swap done}. */
  Map<String, Long> getOperations();
}
