/** ln Γ(x) for x > 0, by Stirling's series after the recurrence has made x large. */
function lnGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 12; at += 1) shift -= Math.log(at);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1_260 - inverse / 1_680))) / at;
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
}

/** The upper regularised incomplete gamma function Q(a, x). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(-x + a * Math.log(x) - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-15; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - sum * scale;
  }
  // Lentz's continued fraction.
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n += 1) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b || tiny);
    c = b + factor / c || tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction * scale;
}

/**
 * Pearson's test: how likely counts at least as far from `expected` are, when that is what they come from.
 * Both lists have one number a class and the same sum; a class that nothing is expected in must be empty.
 */
export function chiSquareP(counts: readonly number[], expected: readonly number[]): number {
  let statistic = 0;
  let classes = 0;
  for (const [index, count] of counts.entries()) {
    const wanted = expected[index] ?? 0;
    if (wanted === 0) {
      if (count > 0) return 0;
      continue;
    }
    classes += 1;
    statistic += (count - wanted) ** 2 / wanted;
  }
  return upperGamma((classes - 1) / 2, statistic / 2);
}
