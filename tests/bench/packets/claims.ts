import { randomUUID } from 'node:crypto';
import { checkInvariants, violationsOf } from '../../../server/check/check.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { couponService } from '../../../server/promo/service.ts';
import { putCoupon } from '../../support/coupons.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import { openRowLock } from './row-lock.ts';

export type Claim = (templateId: string, shopperId: string, key: string) => Promise<boolean>;

const CALLERS = 512;

type Round = { readonly claimsPerSecond: number; readonly answersPerSecond: number };

/** `people` ask once each for one of `total`, 512 at a time. @throws when not exactly as many as there are get one */
async function rush(db: Database, claim: Claim, total: number, people: number): Promise<Round> {
  const templateId = await putCoupon(db, { total });
  const crowd = Array.from({ length: people }, (_, i) => ({ shopperId: `${templateId}-${i}`, key: randomUUID() }));
  let next = 0;
  let claimed = 0;
  let lastClaimAt = 0;
  const startedAt = performance.now();
  const caller = async () => {
    for (let at = next++; at < people; at = next++) {
      const { shopperId, key } = crowd[at]!;
      if (!(await claim(templateId, shopperId, key))) continue;
      claimed += 1;
      lastClaimAt = performance.now();
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const endedAt = performance.now();
  const [books] = await db.query<{ coupons: number; claimed: number }>(
    `select (select count(*) from coupon where template_id = $1) as coupons, claimed from coupon_account
     where template_id = $1`,
    [templateId],
  );
  if (claimed !== total || books?.coupons !== total || books.claimed !== total) {
    throw new Error(
      `${claimed} were told yes, ${books?.coupons} coupons, ${books?.claimed} booked; there are ${total}`,
    );
  }
  return {
    claimsPerSecond: (total * 1_000) / (lastClaimAt - startedAt),
    answersPerSecond: (people * 1_000) / (endedAt - startedAt),
  };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** A template of 10,000 and 100,000 people; the row lock gets a fifth of both, its rate is the same. */
export async function measureClaims({ quick, report }: BenchOptions): Promise<void> {
  const total = quick ? 1_000 : 10_000;
  const runs = quick ? 1 : 5;
  const world = await openWorld();
  const db = openDatabase(world.url, { max: 4 });
  const lock = openRowLock(world.url);
  try {
    const coupons = couponService({ db });
    const claim: Claim = async (templateId, shopperId, key) => (await coupons.claim({ shopperId, key, templateId })).ok;
    await rush(db, claim, 500, 2_000);
    await rush(db, lock.claim, 200, 500);
    const ours: Round[] = [];
    const naive: Round[] = [];
    for (let round = 0; round < runs; round += 1) {
      naive.push(await rush(db, lock.claim, total / 5, total * 2));
      ours.push(await rush(db, claim, total, total * 10));
    }
    const violations = violationsOf(await checkInvariants(db));
    if (violations.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(violations.slice(0, 3))}`);
    const line = (name: string, unit: string, value: (round: Round) => number, notes: string) => {
      const [mine, theirs] = [ours.map(value), naive.map(value)];
      const spread = `${Math.min(...mine).toFixed(0)}–${Math.max(...mine).toFixed(0)}`;
      const [a, b] = [median(mine), median(theirs)];
      report({ name, ours: a, baseline: b, ratio: a / b, unit, runs, spread, notes });
    };
    const size = `${total} coupons, ${total * 10} people, ${CALLERS} callers; one transaction per claim with a row lock`;
    line(
      'claims-vs-row-lock',
      'claims/s',
      ({ claimsPerSecond }) => claimsPerSecond,
      `${size}, until the last is given`,
    );
    line(
      'claim-answers-vs-row-lock',
      'answers/s',
      ({ answersPerSecond }) => answersPerSecond,
      `${size}, the whole run`,
    );
  } finally {
    await lock.close();
    await db.close();
    await world.stop();
  }
}
