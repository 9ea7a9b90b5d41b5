import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIER_PLACES_MAX, tiersFault } from '../../lib/domain/venue/tiers.ts';

test.each([
  ['no tiers at all', [], null],
  ['the first hundred at half price', [{ upTo: 100, priceFen: 5_000 }], null],
  [
    'two steps up',
    [
      { upTo: 100, priceFen: 5_000 },
      { upTo: 500, priceFen: 8_000 },
    ],
    null,
  ],
  [
    'a step that reaches no further',
    [
      { upTo: 100, priceFen: 5_000 },
      { upTo: 100, priceFen: 8_000 },
    ],
    'not_ascending',
  ],
  [
    'a later step that is cheaper',
    [
      { upTo: 100, priceFen: 5_000 },
      { upTo: 500, priceFen: 4_000 },
    ],
    'price_not_rising',
  ],
  ['a tier for nothing', [{ upTo: 100, priceFen: 0 }], 'price_not_rising'],
  ['a tier at the session’s price', [{ upTo: 100, priceFen: 9_900 }], 'not_below_session_price'],
  ['more places than are kept', [{ upTo: TIER_PLACES_MAX + 1, priceFen: 5_000 }], 'too_many_places'],
])('%s', (_what, tiers, fault) => {
  expect(tiersFault(tiers, 9_900)?.code ?? null).toBe(fault);
});

test('in a sound ladder nobody who comes later pays less', () => {
  const steps = fc.array(
    fc.record({ upTo: fc.integer({ min: 1, max: 30 }), priceFen: fc.integer({ min: 0, max: 30 }) }),
    {
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 30 }), (tiers, sessionFen) => {
      fc.pre(tiersFault(tiers, sessionFen) === null);
      const paid = Array.from(
        { length: 31 },
        (_, index) => tiers.find((tier) => index + 1 <= tier.upTo)?.priceFen ?? sessionFen,
      );
      expect(paid).toEqual([...paid].sort((a, b) => a - b));
    }),
    { numRuns: 2_000 },
  );
});
