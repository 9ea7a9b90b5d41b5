import { COUPON_BUGS } from './coupon-bugs.ts';
import { MONEY_BUGS } from './money-bugs.ts';
import type { Mutant } from './mutant.ts';
import { OFFER_BUGS } from './offer-bugs.ts';
import { JOINED_BUGS, ORDER_BUGS } from './order-bugs.ts';
import { PACKET_BUGS } from './packet-bugs.ts';
import { PICKUP_BUGS } from './pickup-bugs.ts';
import { RISK_BUGS } from './risk-bugs.ts';
import { SHARE_BUGS } from './share-bugs.ts';
import { STOCK_BUGS } from './stock-bugs.ts';
import { TEAM_BUGS } from './team-bugs.ts';

export const MUTANTS: readonly Mutant[] = [
  ...[
    ...STOCK_BUGS,
    ...ORDER_BUGS,
    ...MONEY_BUGS,
    ...COUPON_BUGS,
    ...TEAM_BUGS,
    ...PACKET_BUGS,
    ...SHARE_BUGS,
    ...RISK_BUGS,
    ...PICKUP_BUGS,
    ...OFFER_BUGS,
  ].map(
    ([name, file, find, replace, checker, tests]): Mutant => ({
      name,
      edits: [{ file, find, replace }],
      checker: { file: checker, tests },
    }),
  ),
  ...JOINED_BUGS,
];
