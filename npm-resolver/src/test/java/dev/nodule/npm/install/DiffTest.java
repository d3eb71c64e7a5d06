package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code diff}: what changed between two packages, as npm tells it. */
class DiffTest extends RegistryFixture {
  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> "line " + n + "\n")
        .collect(Collectors.joining());
  }

  private static byte[] archive(String version, String text, int mode, boolean extra) {
    var archive =
        new TestArchive()
            .file("package/package.json", "{\"name\":\"part\",\"version\":\"" + version + "\"}")
            .file("package/lib/text.txt", text)
            .file("package/run.sh", "#!/bin/sh\n", mode)
            .file("package/picture.png", "\0" + version);
    return (extra ? archive.file("package/new.md", "new") : archive).bytes();
  }

  @BeforeEach
  void start() throws IOException {
    String text = lines(1, 30);
    registry.publish("part", "1.0.0", Map.of(), archive("1.0.0", text, 0644, false));
    registry.publish(
        "part",
        "1.1.0",
        Map.of(),
        archive(
            "1.1.0",
            text.replace("line 3\n", "line three\n").replace("line 30\n", " line 30"),
            0755,
            true));
    project.write("package.json", "{\"name\":\"part\",\"version\":\"1.2.0\"}");
  }

  @Test
  void showsChangedAddedAndBinaryFilesAndModes() {
    assertEquals(
        0, project.run("diff", "--diff=part@1.0.0", "--diff=part@1.1.0"), () -> project.err);
    assertEquals(
        """
        diff --git a/package.json b/package.json
        index v1.0.0..v1.1.0 100644
        --- a/package.json
        +++ b/package.json
        @@ -1,1 +1,1 @@
        -{"name":"part","version":"1.0.0"}
        \\ No newline at end of file
        +{"name":"part","version":"1.1.0"}
        \\ No newline at end of file
        diff --git a/lib/text.txt b/lib/text.txt
        index v1.0.0..v1.1.0 100644
        --- a/lib/text.txt
        +++ b/lib/text.txt
        @@ -1,6 +1,6 @@
         line 1
         line 2
        -line 3
        +line three
         line 4
         line 5
         line 6
        @@ -27,4 +27,4 @@
         line 27
         line 28
         line 29
        -line 30
        + line 30
        \\ No newline at end of file
        diff --git a/run.sh b/run.sh
        old mode 100644
        new mode 100755
        index v1.0.0..v1.1.0 \s
        --- a/run.sh
        +++ b/run.sh
        diff --git a/picture.png b/picture.png
        index v1.0.0..v1.1.0 100644
        --- a/picture.png
        +++ b/picture.png
        diff --git a/new.md b/new.md
        new file mode 100644
        index v1.0.0..v1.1.0 \s
        --- a/new.md
        +++ b/new.md
        @@ -0,0 +1,1 @@
        +new
        \\ No newline at end of file
        """
            .replace("1.1.0  \n", "1.1.0 \n"),
        project.out);
  }

  @Test
  void optionsChooseWhatIsShownAndHow() {
    String[] both = {"diff", "--diff", "1.0.0", "--diff", "1.1.0"};
    assertEquals(0, run(both, "--diff-name-only"));
    assertEquals("package.json\nlib/text.txt\nrun.sh\npicture.png\nnew.md\n", project.out);
    run(both, "--diff-name-only", "./lib", "*.md");
    assertEquals("lib/text.txt\nnew.md\n", project.out);
    run(both, "--diff-unified=0", "--diff-ignore-all-space", "lib/text.txt");
    assertTrue(project.out.endsWith("@@ -3,1 +3,1 @@\n-line 3\n+line three\n"), project.out);
    run(both, "--diff-no-prefix", "new.md");
    assertTrue(project.out.startsWith("diff --git new.md new.md\n"), project.out);
    run(both, "--diff-src-prefix=old/", "--diff-dst-prefix=new/", "new.md");
    assertTrue(project.out.contains("--- old/new.md\n+++ new/new.md\n"), project.out);
    run(both, "--diff-text", "picture.png");
    assertTrue(project.out.contains("-\0001.0.0\n"), project.out);
    run(both, "--color=always", "new.md");
    assertTrue(project.out.contains("\u001b[32m+new\u001b[39m\n"), project.out);
  }

  private int run(String[] words, String... more) {
    var all = new java.util.ArrayList<>(java.util.List.of(words));
    all.addAll(java.util.List.of(more));
    return project.run(all.toArray(String[]::new));
  }

  @Test
  void comparesWhatIsHereWithWhatIsPublished() throws IOException {
    project
        .write("lib/text.txt", lines(1, 30))
        .write("run.sh", "#!/bin/sh\n")
        .write("new.md", "new");
    assertEquals(0, project.run("diff", "--diff-name-only"), () -> project.err);
    assertEquals("package.json\nlib/text.txt\nrun.sh\npicture.png\n", project.out);
    assertEquals(0, project.run("diff", "--diff=1.0.0", "--diff-name-only"), () -> project.err);
    assertEquals("package.json\npicture.png\nnew.md\n", project.out);
    Files.delete(project.path.resolve("package.json"));
    failsWithoutTrace("EUSAGE", "diff", "--diff=1.0.0");
    failsWithoutTrace("EUSAGE", "diff", "--diff=a", "--diff=b", "--diff=c");
    failsWithoutTrace("ETARGET", "diff", "--diff=part@1", "--diff=part@7");
  }

  @Test
  void comparesWhatIsInstalledWithWhatMayCome() throws IOException {
    project.write("package.json", "{\"name\":\"p\",\"dependencies\":{\"part\":\"1.0.0\"}}");
    project.run("install");
    project.write("package.json", "{\"name\":\"p\",\"dependencies\":{\"part\":\"^1.0.0\"}}");
    assertEquals(0, project.run("diff", "--diff=part", "--diff-name-only"), () -> project.err);
    assertEquals("lib/text.txt\npackage.json\npicture.png\nrun.sh\nnew.md\n", project.out);
    project.write("node_modules/part/mine.js", "x");
    assertEquals(
        0, project.run("diff", "--diff=part@1.0.0", "--diff-name-only"), () -> project.err);
    assertEquals("mine.js\n", project.out);
    assertEquals(
        0,
        project.run("diff", "--diff=./node_modules/part", "--diff=part@1.0.0", "--diff-name-only"));
    assertEquals("mine.js\n", project.out);
    Path file = project.path.resolve("part.tgz");
    Files.write(file, registry.archive("/part/-/part-1.0.0.tgz"));
    assertEquals(0, project.run("diff", "--diff=" + file, "--diff=part@1.0.0"), () -> project.err);
    assertEquals("\n", project.out);
  }
}
