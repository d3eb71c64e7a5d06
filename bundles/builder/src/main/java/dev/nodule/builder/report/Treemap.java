package dev.nodule.builder.report;

/** The report as a page. */
public final class Treemap {
  private Treemap() {}

  public static String page(ImageReport report) {
    return "<!doctype html>" + report.name();
  }
}
