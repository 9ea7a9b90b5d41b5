import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cutOf,
  deepestCutPermille,
  nextStep,
  type PromotionRule,
  ruleFault,
  runningPromotions,
} from '../../lib/domain/pricing/promotion.ts';
import { anyRule, promotion } from '../support/promotions.ts';

const once: PromotionRule = { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false };
const each: PromotionRule = { ...once, isEach: true };
const byAmount: PromotionRule = {
  kind: 'amount_ladder',
  steps: [
    { fullFen: 20_000, cutFen: 2_000 },
    { fullFen: 50_000, cutFen: 8_000 },
  ],
};
const byPieces: PromotionRule = {
  kind: 'piece_ladder',
  steps: [
    { pieces: 2, payPermille: 900 },
    { pieces: 3, payPermille: 700 },
  ],
};

test.each([
  ['满300减50, a fen short', once, 29_999, 1, 0],
  ['满300减50, exactly', once, 30_000, 1, 5_000],
  ['满300减50 takes off once', once, 90_000, 1, 5_000],
  ['每满300减50 takes off three times', each, 90_000, 1, 15_000],
  ['the highest step that is reached', byAmount, 50_000, 1, 8_000],
  ['the lower step', byAmount, 49_999, 1, 2_000],
  ['one piece', byPieces, 9_999, 1, 0],
  ['two pieces, and the odd fen is the shopper’s', byPieces, 9_999, 2, 1_000],
  ['more pieces than the last step', byPieces, 10_000, 7, 3_000],
])('%s', (_what, rule, amountFen, pieces, cutFen) => {
  expect(cutOf(rule, amountFen, pieces)).toBe(cutFen);
});

test.each([
  [once, 26_800, 1, { missingFen: 3_200, cutFen: 5_000 }],
  [once, 30_000, 1, null],
  [each, 30_000, 1, { missingFen: 30_000, cutFen: 10_000 }],
  [byAmount, 30_000, 1, { missingFen: 20_000, cutFen: 8_000 }],
  [byAmount, 50_000, 1, null],
  [byPieces, 100, 2, { missingPieces: 1, payPermille: 700 }],
  [byPieces, 100, 3, null],
])('what is missing to the next step (%#)', (rule, amountFen, pieces, next) => {
  expect(nextStep(rule, amountFen, pieces)).toEqual(next);
});

test('a promotion is in force from its first millisecond to the one before its last', () => {
  const one = promotion({ startsAt: 10, endsAt: 20 });
  expect([9, 10, 19, 20].map((now) => runningPromotions([one], now).length)).toEqual([0, 1, 1, 0]);
});

test.each([
  ['a cut as large as what it asks for', { ...once, cutFen: 30_000 }, 'cut_too_big'],
  ['half a fen', { ...once, cutFen: 0.5 }, 'not_a_number'],
  ['no steps', { kind: 'amount_ladder', steps: [] }, 'no_steps'],
  ['steps that fall', { ...byAmount, steps: [...byAmount.steps].reverse() }, 'steps_not_rising'],
  ['a dearer step for more pieces', { ...byPieces, steps: [...byPieces.steps].reverse() }, 'steps_not_rising'],
  ['goods for nothing', { kind: 'piece_ladder', steps: [{ pieces: 1, payPermille: 0 }] }, 'not_a_number'],
] as const)('%s cannot be published', (_what, rule, fault) => {
  expect(ruleFault(rule as PromotionRule)).toBe(fault);
});

test('whatever the rule: never more off than the goods cost, never less off for more goods, and no deeper than it says', () => {
  const basket = [fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 1, max: 200 })] as const;
  fc.assert(
    fc.property(anyRule, ...basket, ...basket, (rule, amountFen, pieces, moreFen, morePieces) => {
      expect(ruleFault(rule)).toBeNull();
      const cut = cutOf(rule, amountFen, pieces);
      expect(cut).toBeLessThanOrEqual(amountFen);
      expect(cutOf(rule, amountFen + moreFen, pieces + morePieces)).toBeGreaterThanOrEqual(cut);
      expect(cut * 1000).toBeLessThanOrEqual(amountFen * (deepestCutPermille(rule) + 1) + 1000);
    }),
  );
});

test('a step that is said to be missing is there when it is filled, and not a fen or a piece before', () => {
  fc.assert(
    fc.property(
      anyRule,
      fc.integer({ min: 0, max: 2_000_000 }),
      fc.integer({ min: 1, max: 50 }),
      (rule, fen, pieces) => {
        const next = nextStep(rule, fen, pieces);
        if (next === null) return;
        if ('missingFen' in next) {
          expect(cutOf(rule, fen + next.missingFen, pieces)).toBe(next.cutFen);
          expect(cutOf(rule, fen + next.missingFen - 1, pieces)).toBeLessThan(next.cutFen);
        } else {
          expect(cutOf(rule, 1_000_000, pieces + next.missingPieces)).toBe(1_000_000 - 1_000 * next.payPermille);
          expect(cutOf(rule, 1_000_000, pieces + next.missingPieces - 1)).toBeLessThan(
            1_000_000 - 1_000 * next.payPermille,
          );
        }
      },
    ),
  );
});
