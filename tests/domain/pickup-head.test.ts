import { expect, test } from 'vitest';
import { pickupHead } from '../../components/order/pickup-head.ts';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import { PICKUP_STATES } from '../../lib/domain/pickup/pickup.ts';

const NOON = Date.parse('2026-11-11T12:00:00+08:00');
const HOUR = 3_600_000;

const brief = (given: Partial<PickupBrief>): PickupBrief => ({
  store: {
    id: 's-1',
    name: { zh: '南京东路店', en: 'Nanjing Road' },
    address: { zh: '外滩', en: 'Bund' },
    phone: null,
  },
  state: 'preparing',
  promisedAt: NOON + 2 * HOUR,
  readyAt: null,
  fetchBefore: null,
  isExtended: false,
  handedAt: null,
  lines: [],
  ...given,
});

test('an order for pickup says by when it is ready, and owns up when that moment has passed', () => {
  expect(pickupHead(brief({}), 'zh-CN', NOON)).toEqual({
    state: '备货中',
    hint: '预计 14:00 前备好，备好后通知你',
  });
  expect(pickupHead(brief({}), 'en-US', NOON + 3 * HOUR)?.hint).toBe(
    'Later than promised; you will be told the moment it is ready',
  );
});

test('once it is ready it says until when', () => {
  const ready = brief({ state: 'ready', fetchBefore: NOON + 7 * 24 * HOUR });
  expect(pickupHead(ready, 'zh-CN', NOON)).toEqual({ state: '可取货', hint: '请在 11月18日 12:00 前提货' });
});

test('every state has its own words in both languages, and an unpaid order leaves the word to itself', () => {
  for (const locale of ['zh-CN', 'en-US'] as const) {
    const heads = PICKUP_STATES.map((state) => pickupHead(brief({ state }), locale, NOON));
    expect(new Set(heads.map((head) => head?.state)).size).toBe(PICKUP_STATES.length);
    expect(new Set(heads.map((head) => head?.hint)).size).toBe(PICKUP_STATES.length);
  }
  expect(pickupHead(brief({ state: null }), 'zh-CN', NOON)).toBeNull();
});
