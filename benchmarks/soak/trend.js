'use strict';

// Whether a series grows: the slope of a straight line through it, by least squares.

/** A slope of less than so many of its own standard errors is noise. */
const CERTAIN = 3;

/**
 * `points` are [time, value]; `allowed` is [part of the mean, absolute]: growth below the greater of the two is no growth.
 *
 * @returns {{ growth: number, mean: number, isGrowth: boolean }} growth is that of the whole series
 */
function growth(points, [part, absolute]) {
  const known = points.filter(([, value]) => Number.isFinite(value));
  const n = known.length;
  if (n < 4) return { growth: 0, mean: NaN, isGrowth: false };
  const meanTime = known.reduce((sum, [time]) => sum + time, 0) / n;
  const mean = known.reduce((sum, [, value]) => sum + value, 0) / n;
  let squares = 0;
  let products = 0;
  for (const [time, value] of known) {
    squares += (time - meanTime) ** 2;
    products += (time - meanTime) * (value - mean);
  }
  const slope = products / squares;
  const residual = known.reduce((sum, [time, value]) => sum + (value - mean - slope * (time - meanTime)) ** 2, 0);
  const error = Math.sqrt(residual / (n - 2) / squares);
  const total = slope * (known.at(-1)[0] - known[0][0]);
  return { growth: total, mean, isGrowth: total > Math.max(part * mean, absolute) && slope > CERTAIN * error };
}

module.exports = { growth };
