import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardRow, readCard } from '../../lib/domain/catalog/card-row.ts';

const fen = fc.integer({ min: 1, max: 99_999_999 });
const session = { id: 'midnight', startsAt: 1_000, endsAt: 2_000 };
const offer = fc.record({
  sessionId: fc.constant(session.id),
  startsAt: fc.constant(session.startsAt),
  endsAt: fc.constant(session.endsAt),
  priceFen: fen,
  limitPerPerson: fc.integer({ min: 1, max: 9 }),
  crossedOutFen: fc.option(fen),
  tiers: fc.array(fc.record({ upTo: fc.integer({ min: 1, max: 500 }), priceFen: fen }), { maxLength: 3 }),
});
const sku = fc.record({
  id: fc.string({ minLength: 1 }),
  priceFen: fen,
  limitPerPerson: fc.option(fc.integer({ min: 1, max: 9 })),
  shelf: fc.string({ minLength: 1 }),
  slot: fc.nat(47),
  offers: fc.array(offer, { maxLength: 2 }),
});
const product = fc.record({
  handle: fc.string({ minLength: 1 }),
  categoryId: fc.string(),
  title: fc.record({ zh: fc.string(), en: fc.string() }),
  pictures: fc.array(fc.record({ path: fc.string({ minLength: 1 }), color: fc.string() }), { maxLength: 2 }),
  skus: fc.array(sku, { maxLength: 4 }),
});

test('a card says on the phone what the catalogue says, whatever the product', () => {
  fc.assert(
    fc.property(product, (published) => {
      const card = readCard(cardRow(published, 'en'), [session]);
      expect(card.skus).toEqual(published.skus);
      expect(card.title).toBe(published.title.en);
      expect(card.picturePath).toBe(published.pictures[0]?.path ?? null);
    }),
  );
});

test('an offer of a session that is over is left out, and news replace what was published', () => {
  const row = cardRow(
    {
      handle: 'cup',
      categoryId: 'home',
      title: { zh: '杯', en: 'Cup' },
      pictures: [],
      skus: [
        {
          id: 'cup-1',
          priceFen: 900,
          limitPerPerson: null,
          shelf: 'a',
          slot: 0,
          offers: [
            { ...session, sessionId: 'midnight', priceFen: 500, limitPerPerson: 1, crossedOutFen: null, tiers: [] },
          ],
        },
      ],
    },
    'zh',
  );
  expect(readCard(row, []).skus[0]?.offers).toEqual([]);
  expect(readCard(row, [session], { 'cup-1': { priceFen: 800, offers: [] } }).skus[0]).toMatchObject({
    priceFen: 800,
    offers: [],
  });
});
