import type { PictureLooks } from './picture.ts';

/*
 * Colours of the picture. Generations go round the wheel so that neighbours differ; each stands out from its card, and
 * its ring says the same as its colour.
 */

export type Scheme = 'light' | 'dark';

const GENERATIONS: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#d70022', '#c2570c', '#8a6508', '#0b7a5b', '#0e7490', '#1d4ed8', '#6d28d9', '#86198f'],
  dark: ['#ff5a66', '#fb923c', '#f5c95b', '#4cc7a0', '#38bdf8', '#7ba7ff', '#b79bff', '#f18ad0'],
};

/** Up to so many fen each; the last colour is for more. */
export const REVENUE_STEPS_FEN = [10_000, 50_000, 200_000] as const;
const REVENUE: Readonly<Record<Scheme, { readonly none: string; readonly steps: readonly string[] }>> = {
  light: { none: '#bfaea5', steps: ['#d9a520', '#d9780a', '#d70022', '#6d0016'] },
  dark: { none: '#6b5a52', steps: ['#b98a2c', '#f0a83c', '#ff7a5c', '#ffd9dd'] },
};
const INK: Readonly<Record<Scheme, Pick<PictureLooks, 'ink' | 'card' | 'line'>>> = {
  light: { ink: '#221815', card: '#ffffff', line: [0.48, 0.4, 0.37, 0.28] },
  dark: { ink: '#f6ece6', card: '#221a17', line: [0.8, 0.72, 0.69, 0.24] },
};

export const generationColours = (scheme: Scheme): readonly string[] => GENERATIONS[scheme];
export const revenueColours = (scheme: Scheme) => REVENUE[scheme];

export function looksFor(scheme: Scheme, revenueFen: readonly number[]): PictureLooks {
  const { none, steps } = REVENUE[scheme];
  return {
    ...INK[scheme],
    generations: GENERATIONS[scheme],
    revenueOf(node) {
      const fen = revenueFen[node] ?? 0;
      if (fen <= 0) return none;
      const step = REVENUE_STEPS_FEN.findIndex((most) => fen <= most);
      return steps[step === -1 ? steps.length - 1 : step] ?? none;
    },
  };
}
