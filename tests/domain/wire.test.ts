import { describe, expect, test } from 'vitest';
import { saysAgain } from '../../lib/client/live/command.ts';
import { learnWire, WIRE, wireMethod, wirePath } from '../../lib/client/wire.ts';
import { COUNTER_WIRE } from '../../lib/client/wire-counter.ts';
import { OFFER_WIRE } from '../../lib/client/wire-offer.ts';
import { PACKET_WIRE } from '../../lib/client/wire-packet.ts';
import { PICKUP_WIRE } from '../../lib/client/wire-pickup.ts';
import { PUSH_WIRE } from '../../lib/client/wire-push.ts';
import { RISK_WIRE } from '../../lib/client/wire-risk.ts';
import { SHARE_WIRE } from '../../lib/client/wire-share.ts';
import { STAFF_WIRE } from '../../lib/client/wire-staff.ts';
import { STORE_WIRE } from '../../lib/client/wire-store.ts';
import { STUDIO_WIRE } from '../../lib/client/wire-studio.ts';
import { TEAM_WIRE } from '../../lib/client/wire-team.ts';
import { WECHAT_WIRE } from '../../lib/client/wire-wechat.ts';
import type { Contract } from '../../lib/contracts/contract.ts';
import { doorRefusals } from '../../lib/contracts/contract.ts';
import { httpContracts } from '../../lib/contracts/http.ts';
import { liveHttpCommands } from '../../lib/contracts/live.ts';
import type { AnyRefusal, WireName } from '../../lib/contracts/named.ts';
import { lineProblemShape } from '../../lib/contracts/order.ts';
import { lineProblemSentence } from '../../lib/messages/line-problems.ts';
import { refusalSentence } from '../../lib/messages/refusals.ts';

test('the phone sends every command and read where the door listens for it', () => {
  learnWire(STAFF_WIRE);
  learnWire(TEAM_WIRE);
  learnWire(PACKET_WIRE);
  learnWire(RISK_WIRE);
  learnWire(SHARE_WIRE);
  learnWire(PICKUP_WIRE);
  learnWire(COUNTER_WIRE);
  learnWire(PUSH_WIRE);
  learnWire(STORE_WIRE);
  learnWire(OFFER_WIRE);
  learnWire(STUDIO_WIRE);
  learnWire(WECHAT_WIRE);
  const names = Object.keys({
    ...WIRE,
    ...STAFF_WIRE,
    ...TEAM_WIRE,
    ...WECHAT_WIRE,
    ...PACKET_WIRE,
    ...RISK_WIRE,
    ...SHARE_WIRE,
    ...PICKUP_WIRE,
    ...COUNTER_WIRE,
    ...PUSH_WIRE,
    ...STORE_WIRE,
    ...OFFER_WIRE,
    ...STUDIO_WIRE,
  }) as WireName[];
  const phone = names.map((name) => [name, wireMethod(name), wirePath(name)]);
  const door = httpContracts.map(({ name, method, path }) => [name, method, path]);
  expect(phone.sort()).toEqual(door.sort());
});

test('A command that is sent again says nothing that its contract does not take', () => {
  for (const name of liveHttpCommands) {
    const contract = httpContracts.find((one) => one.name === name) as (typeof httpContracts)[number];
    const taken = Object.keys((contract.request as unknown as { shape: object }).shape);
    expect(taken, name).toEqual(expect.arrayContaining(Object.keys(saysAgain(name))));
  }
});

function codesOf(refusals: Contract['refusals']): string[] {
  return refusals.map((shape) => {
    const { shape: facts } = shape as unknown as { shape: { code: { def: { values: string[] } } } };
    return facts.code.def.values[0] ?? 'a refusal without a code';
  });
}

const codes = [...new Set(codesOf([...doorRefusals, ...httpContracts.flatMap(({ refusals }) => refusals)]))];
/** Every fact that a refusal may carry, so that each sentence can be said. */
const facts = {
  retryAfterMs: 2_500,
  position: 12,
  max: 5,
  bytesMax: 65_536,
  id: 'f1',
  problems: [],
  skuId: 's1',
  sessionId: 'n1',
  available: 3,
  limit: 2,
  owned: 1,
  left: 2,
  fault: 'cut_too_big',
  faults: [{ code: 'prize_too_big', article: { zh: '第十条', en: 'art. 10' }, says: { zh: '请减小总额', en: 'Less' } }],
  opensAt: Date.UTC(2026, 10, 10, 16, 0),
  endedAt: Date.UTC(2026, 10, 10, 16, 0),
  againAt: Date.UTC(2026, 10, 10, 16, 0),
  until: Date.UTC(2026, 10, 10, 16, 0),
  placesLeft: 2,
  teamCode: 'a1B2c3D4e5F6',
  packetCode: 'a1B2c3D4e5F6',
  stayMs: 5_000,
  line: 7,
  state: 'pending',
  generations: 3,
  store: { id: 's-1', name: { zh: '人民广场店', en: 'People’s Square' } },
  promisedAt: Date.UTC(2026, 10, 10, 16, 0),
  expiredAt: Date.UTC(2026, 10, 10, 16, 0),
  triesLeft: 3,
  reserved: 1,
  arriving: 2,
  orders: 3,
  handover: { at: Date.UTC(2026, 10, 10, 16, 0), clerkName: '小李', isMine: false },
  redemption: {
    at: Date.UTC(2026, 10, 10, 16, 0),
    clerkName: '小李',
    isMine: false,
    store: { id: 's-1', name: { zh: '人民广场店', en: 'People’s Square' } },
  },
  ids: ['s-1'],
};

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  test.each(codes)('%s has a sentence without holes, and never says that a system is busy', (code) => {
    const sentence = refusalSentence(locale, { code, ...facts } as unknown as AnyRefusal);
    expect(sentence.length).toBeGreaterThan(3);
    expect(sentence).not.toMatch(/undefined|NaN|\[object|系统繁忙|system.*busy/i);
  });

  test.each(lineProblemShape.shape.code.options)('a line that is %s says why', (code) => {
    expect(lineProblemSentence(locale, { skuId: 's1', code }).length).toBeGreaterThan(3);
  });
});

test('a line says how many are left, how many one may have, and when it opens', () => {
  const opensAt = Date.UTC(2026, 10, 10, 16, 0);
  expect(lineProblemSentence('zh-CN', { skuId: 's', code: 'sold_out', left: 2 })).toBe('库存不足，仅剩 2 件');
  expect(lineProblemSentence('zh-CN', { skuId: 's', code: 'limit_reached', limit: 2, owned: 1 })).toBe(
    '每人限购 2 件，你已购买 1 件',
  );
  expect(lineProblemSentence('zh-CN', { skuId: 's', code: 'not_open_yet', opensAt })).toBe('00:00 开抢');
});
