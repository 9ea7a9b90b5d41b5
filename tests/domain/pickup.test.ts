import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from '../../lib/domain/hmac.ts';
import { type AtCounter, mayHandOver, mayUndo, unitsToHand } from '../../lib/domain/pickup/at-the-counter.ts';
import { CODE_NUMBERS, checkDigit, codeOf, isCode, spokenCode } from '../../lib/domain/pickup/code.ts';
import {
  counterUntil,
  GRACE_MS,
  HELD_FOR_MS,
  promiseOf,
  reminderMoments,
  remindersDue,
} from '../../lib/domain/pickup/deadlines.ts';
import { nextPickupStates, PICKUP_STATES, pickupStatesBefore, unitsWaiting } from '../../lib/domain/pickup/pickup.ts';
import { sourceOf } from '../../lib/domain/pickup/place.ts';
import { judgeToken, readScanned, STEP_MS, tokenAt, tokenGoodForMs } from '../../lib/domain/pickup/token.ts';
import {
  isLocked,
  LOCK_MS,
  NO_TRIES,
  TRIES_PER_MINUTE,
  type Tries,
  triesLeft,
  wrongCode,
} from '../../lib/domain/pickup/tries.ts';
import { type Calendar, type Day, NO_CALENDAR, openingAt } from '../../lib/domain/store/opening.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';

describe('the code', () => {
  test('572 has the check digit 4, as in the thesis that the table is from', () => {
    expect(checkDigit('572')).toBe(4);
    expect(checkDigit('5724')).toBe(0);
  });

  test('every code is a code, and every wrong digit and every swap of neighbours is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: CODE_NUMBERS - 1 }), (number) => {
        const code = codeOf(number);
        expect(isCode(code)).toBe(true);
        for (let at = 0; at < code.length; at += 1) {
          for (let digit = 0; digit < 10; digit += 1) {
            const typed = `${code.slice(0, at)}${digit}${code.slice(at + 1)}`;
            expect(isCode(typed)).toBe(typed === code);
          }
          const swapped = `${code.slice(0, at)}${code[at + 1] ?? ''}${code[at]}${code.slice(at + 2)}`;
          expect(isCode(swapped)).toBe(swapped === code);
        }
      }),
    );
  });

  test('it is read out in two halves, and there is none beyond its digits', () => {
    expect(spokenCode('12345674')).toBe('1234 5674');
    expect(() => codeOf(CODE_NUMBERS)).toThrow(RangeError);
    expect(isCode('1234567')).toBe(false);
  });
});

describe('the token', () => {
  const secret = '0b'.repeat(32);
  const id = 'ABCDEFGH2345';

  test('HMAC-SHA-256 answers RFC 4231, cases 1, 2 and 6', () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    const text = (words: string) => new TextEncoder().encode(words);
    expect(hex(hmacSha256(new Uint8Array(20).fill(0x0b), text('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    expect(hex(hmacSha256(text('Jefe'), text('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(
      hex(hmacSha256(new Uint8Array(131).fill(0xaa), text('Test Using Larger Than Block-Size Key - Hash Key First'))),
    ).toBe('60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54');
  });

  test('it is what the platform makes of the same secret, and says nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const mac = createHmac('sha256', Buffer.from(secret, 'hex'))
          .update(`${id}|${Math.floor(now / 30_000)}`)
          .digest()
          .subarray(0, 10);
        const [mark, codeId, letters = ''] = tokenAt(secret, id, now).split('.');
        expect([mark, codeId]).toEqual(['FP1', id]);
        const bits = [...letters].map((letter) =>
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
        );
        expect(bits.join('')).toBe([...mac].map((byte) => byte.toString(2).padStart(8, '0')).join(''));
      }),
    );
  });

  const macAt = (now: number) => tokenAt(secret, id, now).split('.')[2] as string;
  const now = 1_800_000_000_000;

  test.each([
    ['of this moment', 0, 'good'],
    ['of a clock half a minute ahead', STEP_MS, 'good'],
    ['of half a minute ago', -STEP_MS, 'good'],
    ['of a minute ago', -2 * STEP_MS, 'stale'],
    ['of an hour ago', -HOUR_MS, 'stale'],
    ['of yesterday', -DAY_MS, 'wrong'],
    ['of a clock a minute ahead', 2 * STEP_MS, 'wrong'],
  ])('a token %s is judged', (_when, ago, verdict) => {
    expect(judgeToken(secret, id, macAt(now + ago), now)).toBe(verdict);
  });

  test('[R-43] of 1,000 pictures of a screen, taken a minute to two hours ago, none is good', () => {
    const pictures = Array.from({ length: 1_000 }, (_, n) => now - 2 * STEP_MS - n * 7_000);
    expect(pictures.filter((at) => judgeToken(secret, id, macAt(at), now) === 'good')).toEqual([]);
  });

  test('another order’s secret or name makes nothing good', () => {
    expect(judgeToken('0c'.repeat(32), id, macAt(now), now)).toBe('wrong');
    expect(judgeToken(secret, 'BBCDEFGH2345', macAt(now), now)).toBe('wrong');
  });

  test('it changes on the half minute', () => {
    expect(tokenGoodForMs(now)).toBe(STEP_MS);
    expect(tokenGoodForMs(now + 1)).toBe(STEP_MS - 1);
    expect(macAt(now + STEP_MS - 1)).toBe(macAt(now));
    expect(macAt(now + STEP_MS)).not.toBe(macAt(now));
  });

  test.each([
    [tokenAt(secret, id, now), { kind: 'token', codeId: id, mac: macAt(now) }],
    [`  ${codeOf(1_234_567)} `, { kind: 'digits', digits: codeOf(1_234_567) }],
    [spokenCode(codeOf(42)), { kind: 'digits', digits: codeOf(42) }],
    ['０００００４２２', { kind: isCode('00000422') ? 'digits' : 'mistyped' }],
    ['12345678', isCode('12345678') ? { kind: 'digits' } : { kind: 'mistyped' }],
    ['1234567', { kind: 'unreadable' }],
    ['https://example.com/p/tea', { kind: 'unreadable' }],
    [tokenAt(secret, id, now).toLowerCase(), { kind: 'unreadable' }],
  ])('what is scanned as %s is read', (text, read) => {
    expect(readScanned(text)).toMatchObject(read);
  });
});

describe('wrong codes', () => {
  test('four in a minute are told how many are left, the fifth locks for ten minutes', () => {
    let tries: Tries = NO_TRIES;
    for (let n = 0; n < TRIES_PER_MINUTE - 1; n += 1) tries = wrongCode(tries, n * 1_000);
    expect([isLocked(tries, 4_000), triesLeft(tries, 4_000)]).toEqual([false, 1]);
    tries = wrongCode(tries, 5_000);
    expect(isLocked(tries, 5_000)).toBe(true);
    expect(isLocked(tries, 5_000 + LOCK_MS - 1)).toBe(true);
    expect(isLocked(tries, 5_000 + LOCK_MS)).toBe(false);
  });

  test('slips that are minutes apart lock nobody', () => {
    let tries: Tries = NO_TRIES;
    for (let n = 0; n < 1_000; n += 1) tries = wrongCode(tries, n * 16_000);
    expect(isLocked(tries, 16_000_000)).toBe(false);
  });

  test('[T-08] of a million guesses of one clerk, sent without a rest for a day, fewer than 1,000 are looked at', () => {
    let tries: Tries = NO_TRIES;
    let looked = 0;
    for (let n = 0; n < 1_000_000; n += 1) {
      const now = Math.floor((n * DAY_MS) / 1_000_000);
      if (isLocked(tries, now)) continue;
      looked += 1;
      tries = wrongCode(tries, now);
    }
    // Of ten million codes, with a hundred of them live: one chance in a hundred after a whole day of it.
    expect(looked).toBeLessThan(1_000);
    expect(looked).toBeGreaterThan(0);
  });
});

describe('moments', () => {
  const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`);
  const TEN_TO_TEN: Day = [[600, 1_320]];
  const shop = (exceptions: Calendar['exceptions'] = []): Calendar => ({
    ...NO_CALENDAR,
    hours: {
      weekly: [TEN_TO_TEN, TEN_TO_TEN, TEN_TO_TEN, TEN_TO_TEN, TEN_TO_TEN, TEN_TO_TEN, TEN_TO_TEN],
      holiday: null,
    },
    exceptions,
  });

  test('where no hours are known goods of the store are promised in two hours, goods of the warehouse for the evening of the day after tomorrow', () => {
    expect(promiseOf(at('11T00:30'), false, NO_CALENDAR)).toBe(at('11T02:30'));
    expect(promiseOf(at('11T00:30'), true, NO_CALENDAR)).toBe(at('13T18:00'));
    expect(promiseOf(at('11T23:59'), true, NO_CALENDAR)).toBe(at('13T18:00'));
  });

  test('goods are put aside while somebody is in the store: at night the two hours begin when it opens', () => {
    expect(promiseOf(at('11T12:00'), false, shop())).toBe(at('11T14:00'));
    expect(promiseOf(at('11T04:36'), false, shop())).toBe(at('11T12:00'));
    expect(promiseOf(at('11T21:30'), false, shop())).toBe(at('12T11:30'));
    const isShut = shop([{ date: '2026-11-12', spans: [], note: null }]);
    expect(promiseOf(at('11T21:30'), false, isShut)).toBe(at('13T11:30'));
  });

  test('what comes from the warehouse is promised for a moment when the store is open', () => {
    expect(promiseOf(at('11T04:36'), true, shop())).toBe(at('13T18:00'));
    expect(promiseOf(at('11T04:36'), true, shop([{ date: '2026-11-13', spans: [[600, 960]], note: null }]))).toBe(
      at('14T10:00'),
    );
  });

  test('no promise is for a moment when the store is shut, nor sooner than two hours', () => {
    const spans = fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 2, maxLength: 6 }).map((given) => {
      const edges = given.slice(0, given.length - (given.length % 2)).sort((a, b) => a - b);
      return Array.from({ length: edges.length / 2 }, (_, n): [number, number] => [edges[2 * n]!, edges[2 * n + 1]!]);
    });
    const week = fc.tuple(spans, spans, spans, spans, spans, spans, spans);
    const moment = fc.integer({ min: at('01T00:00'), max: at('30T00:00') });
    fc.assert(
      fc.property(week, moment, fc.boolean(), (weekly, orderedAt, isTransfer) => {
        const calendar: Calendar = { ...NO_CALENDAR, hours: { weekly, holiday: null } };
        const promised = promiseOf(orderedAt, isTransfer, calendar);
        expect(promised).toBeGreaterThanOrEqual(orderedAt + 2 * HOUR_MS);
        // The end of a span is still a moment of it: who is to be done by ten is done by ten.
        const isOpenAt = (moment: number) => openingAt(calendar, moment).state === 'open';
        const minutes = weekly.flat().reduce((sum, [from, to]) => sum + to - from, 0);
        if (minutes >= 240) expect(isOpenAt(promised) || isOpenAt(promised - 1)).toBe(true);
      }),
    );
  });

  test('the owner is reminded on days 1, 3 and 6, and a day before an extended end', () => {
    const inDays = (until: number) => reminderMoments(0, until).map((at) => at / DAY_MS);
    expect(inDays(HELD_FOR_MS)).toEqual([1, 3, 6]);
    expect(inDays(HELD_FOR_MS + 3 * DAY_MS)).toEqual([1, 3, 6, 9]);
  });

  test('reminders are counted, never due twice, never after the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 * DAY_MS }), fc.boolean(), (now, isExtended) => {
        const until = HELD_FOR_MS + (isExtended ? 3 * DAY_MS : 0);
        const due = remindersDue(0, until, now);
        expect(due).toBeLessThanOrEqual(remindersDue(0, until, now + 1) + (now + 1 >= until ? due : 0));
        expect(due > 0).toBe(now >= DAY_MS && now < until);
      }),
    );
  });
});

describe('at the counter', () => {
  const line = { lineNumber: 1, quantity: 3, handed: 0, refunded: 0 };
  const order: AtCounter = {
    orderState: 'paid',
    state: 'ready',
    storeId: 's-1',
    lines: [line],
    promisedAt: 500,
    reviewUntil: null,
    fetchBefore: 10 * MINUTE_MS,
    handed: null,
    lease: null,
  };
  const here = { storeId: 's-1', deviceId: 'd-1' };
  const codeOfAnswer = (change: Partial<AtCounter>, now = 1_000, counter = here) => {
    const answer = mayHandOver({ ...order, ...change }, counter, now);
    return answer.ok ? 'ok' : answer.refusal.code;
  };

  test.each([
    ['ready', {}, 'ok'],
    ['of another store', { storeId: 's-2' }, 'wrong_store'],
    ['handed over', { state: 'handed_over', orderState: 'received' }, 'already_handed'],
    [
      'handed over by another store',
      { storeId: 's-2', state: 'handed_over', orderState: 'received' },
      'already_handed',
    ],
    ['asked back', { orderState: 'refund_requested' }, 'refund_in_progress'],
    ['on its way back', { orderState: 'refunding' }, 'refund_in_progress'],
    ['expired and on its way back', { state: 'expired', orderState: 'refunding' }, 'pickup_expired'],
    ['paid back', { state: 'refunded', orderState: 'refunded' }, 'pickup_refunded'],
    ['being prepared', { state: 'preparing', fetchBefore: null }, 'pickup_not_ready'],
    ['looked at', { reviewUntil: 2_000 }, 'pickup_not_ready'],
    ['with another counter', { lease: { deviceId: 'd-2', until: 2_000 } }, 'held_by_counter'],
    ['with this counter', { lease: { deviceId: 'd-1', until: 2_000 } }, 'ok'],
    ['with another counter until just now', { lease: { deviceId: 'd-2', until: 1_000 } }, 'ok'],
  ] as const)('an order that is %s is answered', (_what, change, code) => {
    expect(codeOfAnswer(change)).toBe(code);
  });

  test('[R-40] who stands at the counter when the time runs out has ten minutes more, and not one millisecond longer', () => {
    const until = counterUntil(order.fetchBefore ?? 0);
    expect(until - (order.fetchBefore ?? 0)).toBe(GRACE_MS);
    expect([codeOfAnswer({}, until - 1), codeOfAnswer({}, until)]).toEqual(['ok', 'pickup_expired']);
  });

  const lines = fc.array(
    fc
      .record({ quantity: fc.integer({ min: 1, max: 9 }), handed: fc.nat(9), refunded: fc.nat(9) })
      .filter(({ quantity, handed, refunded }) => handed + refunded <= quantity),
    { minLength: 1, maxLength: 6 },
  );

  test('no unit is handed over that was handed or paid back, whatever is asked for', () => {
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.record({ lineNumber: fc.integer({ min: 1, max: 7 }), quantity: fc.integer({ min: 1, max: 9 }) })),
        (given, wanted) => {
          const all = given.map((one, at) => ({ lineNumber: at + 1, ...one }));
          const answer = unitsToHand(all, wanted.length === 0 ? null : wanted);
          if (!answer.ok) return;
          const after = all.map((one) => ({
            ...one,
            handed: one.handed + (answer.value.units.find((u) => u.lineNumber === one.lineNumber)?.quantity ?? 0),
          }));
          for (const one of after) expect(one.handed + one.refunded).toBeLessThanOrEqual(one.quantity);
          expect(answer.value.isRest).toBe(unitsWaiting(after).length === 0);
        },
      ),
    );
  });

  test('what is not there is refused by its line', () => {
    expect(unitsToHand([line], [{ lineNumber: 1, quantity: 4 }])).toEqual({
      ok: false,
      refusal: { code: 'too_many_units', lineNumber: 1, left: 3 },
    });
    expect(unitsToHand([line], [{ lineNumber: 9, quantity: 1 }])).toMatchObject({ refusal: { left: 0 } });
  });

  test.each([
    ['a second person in time', 'bob', 's-1', 59_999, 'ok'],
    ['the same person', 'ann', 's-1', 1, 'second_person_needed'],
    ['a second person too late', 'bob', 's-1', 60_000, 'undo_too_late'],
    ['somebody of another store', 'eve', 's-2', 1, 'wrong_store'],
  ])('%s takes a handing over back', (_who, clerkId, storeId, after, code) => {
    const answer = mayUndo({ handoverId: 'h', at: 0, clerkId: 'ann', storeId: 's-1' }, { clerkId, storeId }, after);
    expect(answer.ok ? 'ok' : answer.refusal.code).toBe(code);
  });
});

describe('states and places', () => {
  test('the table of states: what is refunded is over, what was handed over comes back only to be handed over again', () => {
    expect(Object.fromEntries(PICKUP_STATES.map((state) => [state, nextPickupStates(state)]))).toEqual({
      preparing: ['ready', 'refunded'],
      ready: ['handed_over', 'expired', 'refunded'],
      handed_over: ['ready'],
      expired: ['refunded', 'handed_over'],
      refunded: [],
    });
    expect(pickupStatesBefore('handed_over')).toEqual(['ready', 'expired']);
  });

  test.each([
    [{ store: 2, central: 9 }, 's-1', 2],
    [{ store: 1, central: 9 }, 'central', 9],
    [{ store: 1, central: 1 }, 's-1', 1],
    [{ store: 0, central: 1 }, 'central', 1],
    [{ store: 0, central: 0 }, 's-1', 0],
  ])('two units with %o left come from one place', (left, location, available) => {
    expect(sourceOf('s-1', 2, left)).toEqual({ location, available });
  });
});
