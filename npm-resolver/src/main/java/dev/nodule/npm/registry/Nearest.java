package dev.nodule.npm.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The words that a misspelt one may have meant. */
public final class Nearest {
  /** Names that many look for: a registry without a search service can still be asked for these. */
  static final List<String> POPULAR =
      List.of(
          ("axios babel body-parser bootstrap chalk commander cors cross-env date-fns debug dotenv"
                  + " esbuild eslint express fastify fs-extra glob graphql husky inquirer jest jquery"
                  + " jsdom jsonwebtoken knex koa lodash luxon mocha moment mongodb mongoose mysql2"
                  + " nanoid next nodemon passport pino playwright postcss prettier prisma puppeteer"
                  + " ramda react react-dom react-router redis redux request rimraf rollup rxjs sass"
                  + " semver sequelize sharp socket.io supertest svelte tailwindcss three ts-node"
                  + " tslib tsx typeorm typescript underscore undici uuid vite vitest vue webpack"
                  + " winston ws yargs zod zustand")
              .split(" "));

  private Nearest() {}

  /**
   * At most this many of the candidates, the nearest first; none that need more than some changes.
   */
  public static List<String> of(
      String word, Collection<String> candidates, int changes, int count) {
    return candidates.stream()
        .distinct()
        .filter(c -> !c.equals(word) && distance(c, word) <= changes)
        .sorted(
            Comparator.comparingInt((String c) -> distance(c, word))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /** How many letters have to be put in, left out, changed, or swapped with their neighbour. */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
