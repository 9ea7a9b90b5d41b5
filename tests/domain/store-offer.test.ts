import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayRedeem } from '../../lib/domain/store/at-the-till.ts';
import { isPatch, metresToPatch, patchOf } from '../../lib/domain/store/cell.ts';
import { accuracyBucket, fenceVerdict, isTooFast, mayBeInside } from '../../lib/domain/store/fence.ts';
import { momentOf } from '../../lib/domain/store/local-time.ts';
import { couponEnd, nextOfferDay, offerDayAt, offerFault } from '../../lib/domain/store/offer.ts';
import { NO_CALENDAR } from '../../lib/domain/store/opening.ts';
import { readPassword, spokenPassword } from '../../lib/domain/store/password.ts';
import { distanceM, type Point } from '../../lib/domain/store/place.ts';
import {
  dayKey,
  type OfferBooks,
  type OfferClaim,
  type OfferFacts,
  type StoreAt,
  settleOfferClaims,
} from '../../lib/domain/store/settle-offer-claims.ts';
import { toGcj02, toWgs84 } from '../../server/store/datum.ts';
import { offerOf } from '../support/offers.ts';

const EARTH_M = 6_371_008.8;
const DEGREE_M = (Math.PI / 180) * EARTH_M;

/** The point so many metres off, on the great circle that leaves in this direction (radians from north). */
function walk({ lng, lat }: Point, metres: number, bearing: number): Point {
  const [arc, from] = [metres / EARTH_M, (lat * Math.PI) / 180];
  const to = Math.asin(Math.sin(from) * Math.cos(arc) + Math.cos(from) * Math.sin(arc) * Math.cos(bearing));
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(from),
    Math.cos(arc) - Math.sin(from) * Math.sin(to),
  );
  return { lng: lng + (turn * 180) / Math.PI, lat: (to * 180) / Math.PI };
}

/** Anywhere in China, as a store's point is kept. */
const inChina = fc.record({
  lng: fc.double({ min: 98, max: 122, noNaN: true }),
  lat: fc.double({ min: 18.2, max: 53.5, noNaN: true }),
});
const direction = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });

test.each([
  [400, 'inside'],
  [490, 'inside'],
  [510, 'outside'],
  [600, 'outside'],
] as const)('[OFFER1] at %i m the fence says %s, for stores of both datums', (metres, kind) => {
  fc.assert(
    fc.property(inChina, direction, fc.integer({ min: 1, max: 100 }), (place, bearing, accuracyM) => {
      // A store that a file wrote in WGS-84, and one that a map of China wrote in GCJ-02, both at this place.
      const kept = [toWgs84(place, 'wgs84'), toWgs84(toGcj02(place), 'gcj02')];
      const point = walk(place, metres, bearing);
      for (const store of kept) expect(fenceVerdict({ point, accuracyM }, store).kind).toBe(kind);
    }),
  );
});

test('a store whose datum nobody converted is missed by the fence: half a kilometre is the whole of it', () => {
  const door = { lng: 116.4074, lat: 39.9042 };
  expect(fenceVerdict({ point: door, accuracyM: 20 }, toGcj02(door)).kind).toBe('outside');
});

test('a fix that may be more than 100 m off decides nothing', () => {
  const store = { lng: 121.4737, lat: 31.2304 };
  fc.assert(
    fc.property(fc.double({ min: 100.001, max: 1e6, noNaN: true }), (accuracyM) => {
      expect(fenceVerdict({ point: store, accuracyM }, store)).toEqual({ kind: 'imprecise' });
    }),
  );
  expect([5, 20, 20.1, 50, 99, 100, 101, Number.NaN].map(accuracyBucket)).toEqual([
    20,
    20,
    50,
    50,
    100,
    100,
    null,
    null,
  ]);
});

test('[T-38] a patch is about 600 m: a point is in its own, and a patch says no more of it than that', () => {
  fc.assert(
    fc.property(inChina, (point) => {
      const patch = patchOf(point);
      expect(isPatch(patch)).toBe(true);
      expect(metresToPatch(patch, point)).toBeLessThan(0.1);
      const high = 0.005625 * DEGREE_M;
      const wide = 0.00625 * DEGREE_M * Math.cos((point.lat * Math.PI) / 180);
      expect(high).toBeGreaterThan(600);
      expect(wide).toBeGreaterThan(400);
    }),
  );
  for (const wrong of ['', 'p1', 'p01-2', 'p32000-0', 'p0-57600', '4320-5400', 'p1-2-3', 'p-1-2'])
    expect(isPatch(wrong)).toBe(false);
});

test('whoever is inside a fence is believed by his patch, and nobody who is a kilometre and a half off', () => {
  fc.assert(
    fc.property(inChina, direction, fc.double({ min: 0, max: 500, noNaN: true }), (store, bearing, metres) => {
      expect(mayBeInside(patchOf(walk(store, metres, bearing)), store)).toBe(true);
      expect(mayBeInside(patchOf(walk(store, 1_500 + metres, bearing)), store)).toBe(false);
    }),
  );
});

test('a car is not too fast, a plane is; two stores of one street never are', () => {
  const at = 1_700_000_000_000;
  const here = { lng: 121.4737, lat: 31.2304 };
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 900_000, noNaN: true }),
      fc.integer({ min: 1, max: 600 }),
      (metres, minutes) => {
        const there = walk(here, metres, 1);
        const kmh = Math.max(0, distanceM(here, there) - 1_000) / 1_000 / (minutes / 60);
        expect(isTooFast({ point: here, at }, { point: there, at: at + minutes * 60_000 })).toBe(kmh > 150);
      },
    ),
  );
  expect(isTooFast({ point: here, at }, { point: walk(here, 900, 2), at })).toBe(false);
});

test('hours that pass midnight belong to the day on which they began, in the clocks of the store', () => {
  const night = [1_320, 1_560] as const;
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Asia/Urumqi']) {
    const inside = momentOf(zone, '2026-11-12', 90);
    expect(offerDayAt(night, zone, inside)).toEqual({
      day: '2026-11-11',
      from: momentOf(zone, '2026-11-11', 1_320),
      until: momentOf(zone, '2026-11-12', 120),
    });
    expect(offerDayAt(night, zone, momentOf(zone, '2026-11-12', 120))).toBeNull();
    expect(nextOfferDay(night, zone, momentOf(zone, '2026-11-12', 120))).toBe(momentOf(zone, '2026-11-12', 1_320));
  }
});

test('a coupon is good for its time, and never beyond the hours or the closing of its store', () => {
  const zone = 'Asia/Shanghai';
  const shop = [[540, 1_200]] as const;
  const calendar = {
    ...NO_CALENDAR,
    zone,
    hours: { weekly: [shop, shop, shop, shop, shop, shop, shop] as const, holiday: null },
  };
  fc.assert(
    fc.property(fc.integer({ min: 540, max: 1_199 }), fc.integer({ min: 60, max: 1_440 }), (minute, goodMinutes) => {
      const now = momentOf(zone, '2026-11-11', minute);
      const day = offerDayAt([480, 1_320], zone, now)!;
      const { until, endsBy } = couponEnd({ goodMinutes }, day, calendar, now);
      expect(until).toBe(Math.min(now + goodMinutes * 60_000, momentOf(zone, '2026-11-11', 1_200)));
      expect(endsBy).toBe(until === now + goodMinutes * 60_000 && minute + goodMinutes < 1_200 ? 'time' : 'hours');
    }),
  );
});

test('a password is read however it was typed, and nothing else is one', () => {
  expect(readPassword(' k7m4-pq2x ')).toBe('K7M4PQ2X');
  expect(readPassword('Ｋ7Ｍ4ＰＱ2Ｘ')).toBe('K7M4PQ2X');
  expect(spokenPassword('K7M4PQ2X')).toBe('K7M4-PQ2X');
  for (const wrong of ['', 'K7M4PQ2', 'K7M4PQ2XX', 'K7M4PQ2O', '12345678', '双十一来了'])
    expect(readPassword(wrong)).toBeNull();
});

const NOW = momentOf('Asia/Shanghai', '2026-11-11', 720);
const facts = (given: Partial<OfferFacts>): OfferFacts => ({
  ...{ hours: [0, 1_440], goodMinutes: 120, perDay: 10, total: 10, from: NOW - 1, until: NOW + 1, validFrom: 0 },
  ...{
    storeIds: new Set(['0', '1', '2']),
    isStopped: false,
    isPaused: false,
    worstFen: 3_000,
    claimed: 0,
    leftFen: 30_000,
  },
  ...given,
});
const place = (at: number): StoreAt => ({ ...NO_CALENDAR, lng: 121.4737 + at * 0.0001, lat: 31.2304, state: 'open' });
const books = (given: Partial<OfferBooks>, offer: Partial<OfferFacts> = {}): OfferBooks => ({
  now: NOW,
  offers: new Map([['o', facts(offer)]]),
  stores: new Map(['0', '1', '2'].map((id, at) => [id, place(at)])),
  claimedOn: new Map(),
  visits: new Set(),
  lastNear: new Map(),
  earlier: new Map(),
  ...given,
});
const claim = (shopperId: string, storeId: string, more: Partial<OfferClaim> = {}): OfferClaim => ({
  ...{ shopperId, key: `${shopperId}-${storeId}`, offerId: 'o', storeId, patch: patchOf(place(Number(storeId))) },
  ...more,
});

test('claims never pass the total, the day, the budget, or one a person and a store', () => {
  const who = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('0', '1', '2'));
  const limits = fc.record({
    total: fc.integer({ min: 1, max: 12 }),
    perDay: fc.integer({ min: 1, max: 12 }),
    claimed: fc.integer({ min: 0, max: 3 }),
    leftFen: fc.integer({ min: 0, max: 40_000 }),
  });
  fc.assert(
    fc.property(fc.array(who, { maxLength: 30 }), limits, fc.integer({ min: 0, max: 3 }), (wants, offer, before) => {
      const commands = wants.map(([person, storeId], at) => claim(`p${person}`, storeId, { key: `k${at}` }));
      const given = books({ claimedOn: new Map([[dayKey('o', '2026-11-11'), before]]) }, offer);
      const decided = settleOfferClaims(commands, given);
      const made = commands.filter((_, at) => decided[at]?.kind === 'claimed');
      expect(made.length).toBeLessThanOrEqual(Math.max(0, offer.total - offer.claimed));
      expect(made.length).toBeLessThanOrEqual(Math.max(0, offer.perDay - before));
      expect(made.length * 3_000).toBeLessThanOrEqual(offer.leftFen);
      expect(new Set(made.map(({ shopperId, storeId }) => `${shopperId} ${storeId}`)).size).toBe(made.length);
    }),
  );
});

test('each no of a claim has its own reason', () => {
  const outcome = (given: Partial<OfferBooks>, offer: Partial<OfferFacts> = {}, more: Partial<OfferClaim> = {}) => {
    const [decision] = settleOfferClaims([claim('p', '0', more)], books(given, offer));
    return decision?.kind === 'refused' ? decision.refusal.code : decision?.kind;
  };
  expect(outcome({})).toBe('claimed');
  expect(outcome({}, { storeIds: new Set() })).toBe('unknown_offer');
  expect(outcome({}, { validFrom: null })).toBe('unknown_offer');
  expect(outcome({}, { isStopped: true })).toBe('offer_over');
  expect(outcome({}, { until: NOW })).toBe('offer_over');
  expect(outcome({}, { isPaused: true })).toBe('offer_paused');
  expect(outcome({}, { from: NOW + 1 })).toBe('offer_not_open');
  expect(outcome({}, { hours: [0, 60] })).toBe('offer_outside_hours');
  expect(outcome({}, { claimed: 10 })).toBe('offer_gone');
  expect(outcome({}, { leftFen: 2_999 })).toBe('offer_gone');
  expect(outcome({ claimedOn: new Map([[dayKey('o', '2026-11-11'), 10]]) })).toBe('offer_gone_today');
  expect(outcome({ visits: new Set(['p|0|2026-11-11']) })).toBe('offer_claimed_today');
  expect(outcome({}, {}, { patch: patchOf({ lng: 121.5, lat: 31.2304 }) })).toBe('not_near');
  const far = new Map([['p', { point: { lng: 116.4, lat: 39.9 }, at: NOW - 3_600_000 }]]);
  expect(outcome({ lastNear: far })).toBe('moved_too_fast');
  // The manual way: whoever has the store's password stands at its counter.
  expect(outcome({ lastNear: far }, {}, { patch: null })).toBe('claimed');
  const shut = { ...place(0), state: 'closed_temporarily' as const };
  expect(outcome({ stores: new Map([['0', shut]]) })).toBe('store_shut');
  const earlier = new Map([['p|p-0', { couponId: 'c', offerId: 'o', storeId: '0' }]]);
  expect(outcome({ earlier }, { isStopped: true })).toBe('replay');
  expect(outcome({ earlier: new Map([['p|p-0', { couponId: 'c', offerId: 'o', storeId: '1' }]]) })).toBe('key_reused');
});

test('at the till each no has its own reason, the first use before all others', () => {
  const coupon = { storeId: 's', state: 'usable', validUntil: NOW + 1, endsBy: 'time', redemptionId: null } as const;
  const code = (more: object, store = 's') => {
    const may = mayRedeem({ ...coupon, ...more }, store, NOW);
    return may.ok ? 'ok' : may.refusal.code;
  };
  expect(code({})).toBe('ok');
  expect(code({}, 'other')).toBe('wrong_store');
  expect(code({ state: 'used', redemptionId: 'r', validUntil: NOW })).toBe('coupon_redeemed');
  expect(code({ state: 'void' })).toBe('offer_stopped');
  expect(code({ validUntil: NOW })).toBe('coupon_expired');
  expect(code({ state: 'expired', endsBy: 'hours' })).toBe('coupon_outside_hours');
});

test('an offer that cannot be meant is refused with what is wrong', () => {
  const now = Date.now();
  expect(offerFault(offerOf(), now)).toBeNull();
  expect(offerFault(offerOf({ hours: [600, 600] }), now)).toBe('hours_wrong');
  expect(offerFault(offerOf({ hours: [600, 2_041] }), now)).toBe('hours_wrong');
  expect(offerFault(offerOf({ storeIds: [] }), now)).toBe('stores_wrong');
  expect(offerFault(offerOf({ storeIds: ['a', 'a'] }), now)).toBe('stores_wrong');
  expect(offerFault(offerOf({ perDay: 101 }), now)).toBe('not_a_number');
  expect(offerFault(offerOf({ goodMinutes: 30 }), now)).toBe('not_a_number');
  expect(offerFault(offerOf({ rule: { kind: 'threshold', fullFen: 1_000, cutFen: 1_000 } }), now)).toBe('cut_too_big');
  expect(offerFault(offerOf({ until: now - 1 }), now)).toBe('claim_times_wrong');
});
