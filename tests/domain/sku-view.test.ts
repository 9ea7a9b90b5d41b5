import { describe, expect, test } from 'vitest';
import { isHalfPrice, nextChangeAt, productView, type SkuFacts, skuView } from '../../lib/domain/catalog/sku-view.ts';

const HOUR = 3_600_000;
const START = 1_000 * HOUR;
const offer = {
  sessionId: 's1',
  startsAt: START,
  endsAt: START + HOUR,
  priceFen: 15_900,
  limitPerPerson: 1,
  tiers: [{ upTo: 100, priceFen: 9_950 }],
  crossedOutFen: 17_900,
};
const dress: SkuFacts = { id: 'dress-m', priceFen: 19_900, limitPerPerson: 5, offers: [offer] };
const cell = (available: number, tierIndex = -1, tierLeft = 0) => ({ available, total: 200, tierIndex, tierLeft });

describe('what the screen says of a SKU', () => {
  test('in a session the tier price is shown only when a place in it is known to be open', () => {
    expect(skuView(dress, null, START).unitFen).toBe(15_900);
    expect(skuView(dress, cell(150, 0, 23), START)).toMatchObject({ unitFen: 9_950, kind: 'tier', tier: { left: 23 } });
    expect(skuView(dress, cell(50), START)).toMatchObject({ unitFen: 15_900, kind: 'session', tier: null });
  });

  test('within the hold-back nothing can be bought, and the price is the one at the opening', () => {
    const view = skuView(dress, cell(200, 0, 100), START - 60_000);
    expect(view).toMatchObject({ state: 'opens', opensAt: START, unitFen: 15_900, limit: 1 });
    expect(view.tier).toEqual({ upTo: 100, priceFen: 9_950, left: null });
  });

  test('a day before the session it sells at the ordinary price, and its tab shows the price to come', () => {
    expect(skuView(dress, cell(10), START - 24 * HOUR)).toMatchObject({
      state: 'open',
      unitFen: 19_900,
      crossedOutFen: null,
      later: { startsAt: START, priceFen: 15_900 },
    });
    expect(skuView(dress, cell(10), START - 24 * HOUR, 's1')).toMatchObject({ state: 'opens', unitFen: 15_900 });
  });

  test('a later session is told only where waiting for it pays, and never beside its own price', () => {
    const dear = { ...dress, offers: [{ ...offer, priceFen: 19_900 }] };
    expect(skuView(dear, null, START - 24 * HOUR).later).toBeNull();
    expect(skuView(dress, cell(10), START - 60_000).later).toBeNull();
    expect(skuView(dress, cell(10), START - 24 * HOUR, 's1').later).toBeNull();
    const evening = {
      ...offer,
      sessionId: 's2',
      startsAt: START + 8 * HOUR,
      endsAt: START + 9 * HOUR,
      priceFen: 14_900,
    };
    const twice = { ...dress, offers: [offer, evening] };
    expect(skuView(twice, null, START).later).toEqual({ startsAt: START + 8 * HOUR, priceFen: 14_900 });
    expect(skuView(twice, cell(150, 0, 23), START)).toMatchObject({ unitFen: 9_950, later: null });
  });

  test('the first and the last millisecond of a session are told right', () => {
    expect(skuView(dress, null, START).kind).toBe('session');
    expect(skuView(dress, null, START + HOUR - 1).kind).toBe('session');
    expect(skuView(dress, null, START + HOUR).kind).toBe('ordinary');
  });

  test('nothing is crossed out that is not higher than the price', () => {
    const cheap = { ...dress, offers: [{ ...offer, crossedOutFen: 15_900 }] };
    expect(skuView(cheap, null, START).crossedOutFen).toBeNull();
    expect(skuView(dress, null, START).crossedOutFen).toBe(17_900);
  });

  test('sold out is said only on the word of the live number', () => {
    expect(skuView(dress, null, START).state).toBe('open');
    expect(skuView(dress, cell(0), START).state).toBe('sold_out');
  });
});

describe('what a card says of a product', () => {
  const large: SkuFacts = { id: 'dress-l', priceFen: 21_900, limitPerPerson: 5, offers: [] };
  const stockOf = (free: Record<string, number>) => (id: string) => cell(free[id] ?? 0);

  test('it speaks of the cheapest that can be had, and says "from" when another costs more', () => {
    const view = productView([large, dress], stockOf({ 'dress-m': 3, 'dress-l': 4 }), START);
    expect(view).toMatchObject({ sku: { id: 'dress-m' }, isFrom: true, stock: { available: 7, total: 400 } });
  });

  test('what is sold out is spoken of only when all is', () => {
    expect(productView([large, dress], stockOf({ 'dress-l': 4 }), START)?.sku.id).toBe('dress-l');
    expect(productView([large, dress], stockOf({}), START)?.sku.state).toBe('sold_out');
    expect(productView([], stockOf({}), START)).toBeNull();
  });

  test('its stock is not known before each SKU is', () => {
    expect(productView([large, dress], (id) => (id === 'dress-l' ? cell(4) : null), START)?.stock).toBeNull();
  });
});

test('half price is half of the session price or of the ordinary price, to one percent', () => {
  expect(isHalfPrice(9_950, 15_900, 19_900)).toBe(true);
  expect(isHalfPrice(7_950, 15_900, 19_900)).toBe(true);
  expect(isHalfPrice(12_900, 15_900, 19_900)).toBe(false);
});

test('the next change is the nearest start or end that is still to come', () => {
  expect(nextChangeAt([offer], START - 1)).toBe(START);
  expect(nextChangeAt([offer], START)).toBe(START + HOUR);
  expect(nextChangeAt([offer], START + HOUR)).toBeNull();
});
