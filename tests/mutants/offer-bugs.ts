import type { SeededBug } from './mutant.ts';

const SETTLE = 'lib/domain/store/settle-offer-claims.ts';
const RULES = 'tests/domain/store-offer.test.ts';
const RACES = 'tests/ports/races/store-offers.test.ts';
const DOORS = 'tests/ports/store-offers.test.ts';

/** Bugs of the offers of stores. */
export const OFFER_BUGS: readonly SeededBug[] = [
  [
    'offer: the day’s limit is forgotten',
    SETTLE,
    "    if (today >= offer.perDay) return refused({ code: 'offer_gone_today' });\n",
    '',
    RACES,
    '[R-26] free contests for the last two of a day',
  ],
  [
    'offer: the fence is a street too wide',
    'lib/domain/store/fence.ts',
    'metres <= FENCE_M ?',
    'metres <= FENCE_M + 50 ?',
    RULES,
    'm the fence says',
  ],
  [
    'offer: a redeemed coupon is not told to the second counter',
    'lib/domain/store/at-the-till.ts',
    "  if (coupon.redemptionId !== null) return refuse({ code: 'coupon_redeemed', redemptionId: coupon.redemptionId });\n",
    '',
    RACES,
    '[R-38] two counters redeem',
  ],
  [
    'offer: wrong passwords lock nobody',
    'server/store/offer/passwords.ts',
    'const tries = wrongCode(before, now);',
    'const tries = before;',
    DOORS,
    '[T-08] passwords are not guessed',
  ],
];
