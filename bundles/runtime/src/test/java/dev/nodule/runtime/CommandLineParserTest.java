package dev.nodule.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is an option, what the script, and what belongs to the script. */
class CommandLineParserTest {
  private static CommandLine parse(String... words) {
    return new CommandLineParser().parse(List.of(words), null);
  }

  private static CommandLine withEnvironment(String nodeOptions, String... words) {
    return new CommandLineParser().parse(List.of(words), nodeOptions);
  }

  private static String failure(String nodeOptions, String... words) {
    return assertThrows(BadOptionException.class, () -> withEnvironment(nodeOptions, words))
        .getMessage();
  }

  @Test
  void nothingIsTheReadEvalPrintLoop() {
    CommandLine line = parse();
    assertNull(line.script());
    assertEquals(List.of(), line.arguments());
    assertEquals(List.of(), line.execArgv());
    assertEquals(true, line.option("--warnings"));
    assertEquals(false, line.option("--no-such-option"));
  }

  @Test
  void whatFollowsTheScriptIsTheScripts() {
    CommandLine line = parse("--trace-warnings", "app.js", "--trace-exit", "-e", "x");
    assertEquals("app.js", line.script());
    assertEquals(List.of("--trace-exit", "-e", "x"), line.arguments());
    assertEquals(List.of("--trace-warnings"), line.execArgv());
    assertEquals(true, line.option("--trace-warnings"));
    assertEquals(false, line.option("--trace-exit"));
  }

  @Test
  void twoDashesEndTheOptions() {
    CommandLine line = parse("--", "--version", "a");
    assertEquals("--version", line.script());
    assertEquals(List.of("a"), line.arguments());
    assertEquals(false, line.option("--version"));
  }

  @Test
  void oneDashIsStandardInput() {
    CommandLine line = parse("-", "a");
    assertEquals("-", line.script());
    assertEquals(List.of("a"), line.arguments());
  }

  @Test
  void evaluationTakesNoScript() {
    CommandLine line = parse("-e", "1 + 1", "a", "b");
    assertEquals("1 + 1", line.option("--eval"));
    assertNull(line.script());
    assertEquals(List.of("a", "b"), line.arguments());
    assertEquals(List.of("-e", "1 + 1"), line.execArgv());
    assertEquals("", parse("--eval=").option("--eval"));
    assertEquals("a=b", parse("--eval=a=b").option("--eval"));
  }

  @Test
  void printTakesItsCodeFromTheNextWord() {
    for (String name : List.of("-p", "-pe", "--print")) {
      CommandLine line = parse(name, "1", "a");
      assertEquals(true, line.option("--print"), name);
      assertEquals("1", line.option("--eval"), name);
      assertEquals(List.of("a"), line.arguments(), name);
    }
    CommandLine both = parse("-p", "-e", "2");
    assertEquals(true, both.option("--print"));
    assertEquals("2", both.option("--eval"));
  }

  @Test
  void aListGathersEveryValue() {
    CommandLine line = parse("-r", "a", "--require=b", "--require", "c", "app.js");
    assertEquals(List.of("a", "b", "c"), line.option("--require"));
    assertEquals(List.of("-r", "a", "--require=b", "--require", "c"), line.execArgv());
    assertEquals(List.of(), parse().option("--require"), "the next command line starts anew");
  }

  @Test
  void theLastOfARepeatedOptionCounts() {
    assertEquals(
        "module", parse("--input-type=commonjs", "--input-type=module").option("--input-type"));
    assertEquals(20.0, parse("--stack-trace-limit=20").option("--stack-trace-limit"));
  }

  @Test
  void environmentFilesGather() {
    assertEquals("a\nb", parse("--env-file=a", "--env-file", "b").option("--env-file"));
  }

  @ParameterizedTest
  @CsvSource({
    "--no-warnings, --warnings, false",
    "--no-deprecation, --deprecation, false",
    "--no-experimental-require-module, --experimental-require-module, false",
    "--no-addons, --addons, false",
    "--experimental-require-module, --experimental-require-module, true",
    "--trace_warnings, --trace-warnings, true",
  })
  void booleansCanBeNegatedAndHaveUnderscores(String word, String option, boolean value) {
    assertEquals(value, parse(word).option(option));
  }

  @Test
  void theLastOfYesAndNoCounts() {
    assertEquals(true, parse("--no-warnings", "--warnings").option("--warnings"));
    assertEquals(false, parse("--warnings", "--no-warnings").option("--warnings"));
  }

  @Test
  void optionsOfTheEngineHaveNoEffect() {
    CommandLine line = parse("--max-old-space-size=100", "--harmony", "--no-opt", "a.js");
    assertEquals("a.js", line.script());
    assertEquals(List.of("--max-old-space-size=100", "--harmony", "--no-opt"), line.execArgv());
  }

  @Test
  void badOptionsAreNamed() {
    assertEquals("bad option: --nope", failure(null, "--nope"));
    assertEquals("bad option: -z", failure(null, "-z"));
    assertEquals("bad option: --no-eval", failure(null, "--no-eval"));
    assertEquals("-e requires an argument", failure(null, "-e"));
    assertEquals("--require requires an argument", failure(null, "--require", "--check"));
    assertEquals(
        "--trace-warnings=1: --trace-warnings does not take an argument",
        failure(null, "--trace-warnings=1"));
    assertEquals(
        "--stack-trace-limit=x: --stack-trace-limit must be a number",
        failure(null, "--stack-trace-limit=x"));
  }

  @Test
  void choicesAreHeld() {
    assertEquals("strict", parse("--unhandled-rejections=strict").option("--unhandled-rejections"));
    assertEquals(
        "invalid value for --unhandled-rejections", failure(null, "--unhandled-rejections=maybe"));
    assertEquals(
        "--input-type must be \"module\",\"commonjs\", \"module-typescript\" or"
            + " \"commonjs-typescript\"",
        failure(null, "--input-type=amd"));
  }

  @Test
  void theEnvironmentComesFirstAndIsNotInExecArgv() {
    CommandLine line =
        withEnvironment("--trace-warnings -r a --stack-trace-limit=5", "-r", "b", "x.js");
    assertEquals(true, line.option("--trace-warnings"));
    assertEquals(List.of("a", "b"), line.option("--require"));
    assertEquals(5.0, line.option("--stack-trace-limit"));
    assertEquals(List.of("-r", "b"), line.execArgv());
    assertEquals(
        7.0,
        withEnvironment("--stack-trace-limit=5", "--stack-trace-limit=7")
            .option("--stack-trace-limit"));
  }

  @Test
  void theEnvironmentHoldsNoScriptAndNotEveryOption() {
    assertEquals("--eval is not allowed in NODE_OPTIONS", failure("--eval 1"));
    assertEquals("-p is not allowed in NODE_OPTIONS", failure("-p"));
    assertEquals("--nope is not allowed in NODE_OPTIONS", failure("--nope"));
    assertEquals("app.js is not allowed in NODE_OPTIONS", failure("app.js"));
    assertEquals("-- is not allowed in NODE_OPTIONS", failure("--"));
  }
}
