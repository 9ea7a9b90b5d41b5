/*
 * Words used in this file:
 *
 * - promotion: money off when enough of its goods are bought together (满减)
 * - ladder:    a promotion with steps, by amount or by pieces; the highest step that is reached counts
 * - scope:     which goods count towards a promotion, and get its money off
 * - cut:       what is taken off a price, in fen
 */

type Words = { readonly zh: string; readonly en: string };

export type PromotionScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'categories'; readonly ids: readonly string[] }
  | { readonly kind: 'products'; readonly handles: readonly string[] };

export type PromotionRule =
  /** `cutFen` off from `fullFen` on: once (满300减50), or again for each further `fullFen` (每满300减50). */
  | { readonly kind: 'full_reduction'; readonly fullFen: number; readonly cutFen: number; readonly isEach: boolean }
  | { readonly kind: 'amount_ladder'; readonly steps: readonly { readonly fullFen: number; readonly cutFen: number }[] }
  /** From `pieces` on, all of them at `payPermille` thousandths of their price (满3件8折 = 800). */
  | {
      readonly kind: 'piece_ladder';
      readonly steps: readonly { readonly pieces: number; readonly payPermille: number }[];
    };

export type Promotion = {
  readonly id: string;
  readonly name: Words;
  readonly scope: PromotionScope;
  readonly rule: PromotionRule;
  /** In force from `startsAt` up to, not including, `endsAt` (server clock, epoch ms). */
  readonly startsAt: number;
  readonly endsAt: number;
};

export type ScopedGood = { readonly productHandle: string; readonly categoryId: string };

export function isInScope(scope: PromotionScope, good: ScopedGood): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'categories' ? scope.ids.includes(good.categoryId) : scope.handles.includes(good.productHandle);
}

export function runningPromotions<P extends Promotion>(promotions: readonly P[], now: number): P[] {
  return promotions.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
}

/**
 * What a promotion takes off goods that come to `amountFen` and are `pieces` units.
 *
 * Never more than the amount, and never less when goods are added. A percentage rounds to the fen for the shopper.
 */
export function cutOf(rule: PromotionRule, amountFen: number, pieces: number): number {
  switch (rule.kind) {
    case 'full_reduction': {
      const times = Math.floor(amountFen / rule.fullFen);
      return rule.cutFen * (rule.isEach ? times : Math.min(1, times));
    }
    case 'amount_ladder':
      return rule.steps.findLast(({ fullFen }) => fullFen <= amountFen)?.cutFen ?? 0;
    case 'piece_ladder': {
      const step = rule.steps.findLast((one) => one.pieces <= pieces);
      return step ? amountFen - Math.floor((amountFen * step.payPermille) / 1000) : 0;
    }
  }
}

/** What is missing to the next step of a rule, and what it would bring; null where more goods bring no step. */
export type NextStep =
  | { readonly missingFen: number; readonly cutFen: number }
  | { readonly missingPieces: number; readonly payPermille: number };

export function nextStep(rule: PromotionRule, amountFen: number, pieces: number): NextStep | null {
  switch (rule.kind) {
    case 'full_reduction': {
      const times = Math.floor(amountFen / rule.fullFen) + 1;
      if (!rule.isEach && times > 1) return null;
      return { missingFen: rule.fullFen * times - amountFen, cutFen: rule.cutFen * times };
    }
    case 'amount_ladder': {
      const next = rule.steps.find(({ fullFen }) => fullFen > amountFen);
      return next ? { missingFen: next.fullFen - amountFen, cutFen: next.cutFen } : null;
    }
    case 'piece_ladder': {
      const next = rule.steps.find((one) => one.pieces > pieces);
      return next ? { missingPieces: next.pieces - pieces, payPermille: next.payPermille } : null;
    }
  }
}

const FEN_MAX = 100_000_000;
const STEPS_MAX = 5;

export type PromotionFault = 'no_steps' | 'steps_not_rising' | 'cut_too_big' | 'not_a_number';

const isWhole = (value: number, min: number, max: number) =>
  Number.isSafeInteger(value) && value >= min && value <= max;

/** What is wrong with a rule; null when it may be published. A rule never gives its goods away. */
export function ruleFault(rule: PromotionRule): PromotionFault | null {
  if (rule.kind === 'full_reduction') return amountFault([rule]);
  if (rule.steps.length === 0 || rule.steps.length > STEPS_MAX) return 'no_steps';
  if (rule.kind === 'amount_ladder') return amountFault(rule.steps);
  for (const [index, { pieces, payPermille }] of rule.steps.entries()) {
    if (!isWhole(pieces, 1, 999) || !isWhole(payPermille, 1, 999)) return 'not_a_number';
    const before = rule.steps[index - 1];
    if (before && (pieces <= before.pieces || payPermille >= before.payPermille)) return 'steps_not_rising';
  }
  return null;
}

function amountFault(steps: readonly { fullFen: number; cutFen: number }[]): PromotionFault | null {
  for (const [index, { fullFen, cutFen }] of steps.entries()) {
    if (!isWhole(fullFen, 1, FEN_MAX) || !isWhole(cutFen, 1, FEN_MAX)) return 'not_a_number';
    if (cutFen >= fullFen) return 'cut_too_big';
    const before = steps[index - 1];
    if (before && (fullFen <= before.fullFen || cutFen <= before.cutFen)) return 'steps_not_rising';
  }
  return null;
}

/** The largest share of a price that a rule can take off, in thousandths: 满300减50 can take 166. */
export function deepestCutPermille(rule: PromotionRule): number {
  switch (rule.kind) {
    case 'full_reduction':
      return Math.floor((rule.cutFen * 1000) / rule.fullFen);
    case 'amount_ladder':
      return Math.max(...rule.steps.map(({ fullFen, cutFen }) => Math.floor((cutFen * 1000) / fullFen)));
    case 'piece_ladder':
      return Math.max(...rule.steps.map(({ payPermille }) => 1000 - payPermille));
  }
}
