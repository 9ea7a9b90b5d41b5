import { expect, test } from 'vitest';
import { cartCuts } from '../../lib/domain/pricing/cart-cuts.ts';
import { nextStepText } from '../../lib/messages/promotion.ts';
import { goods, promotion } from '../support/promotions.ts';

const NOW = 1_800_000_000_000;

test('a cart says what is taken off, and what a little more would bring', () => {
  const near = cartCuts([goods('a', 26_800)], [promotion()], NOW);
  expect(near).toMatchObject({ cuts: [], discountFen: 0, hint: { next: { missingFen: 3_200, cutFen: 5_000 } } });
  expect(near.hint && nextStepText(near.hint.next, 'zh-CN')).toBe('还差 ¥32 可减 ¥50');
  expect(cartCuts([goods('a', 30_000)], [promotion()], NOW)).toMatchObject({ discountFen: 5_000, hint: null });
});

test('the promotion that is nearest is the hint; one that is far, over or of other goods is none', () => {
  const two = promotion({
    id: 'p2',
    rule: { kind: 'piece_ladder', steps: [{ pieces: 3, payPermille: 800 }] },
  });
  const { hint } = cartCuts([goods('a', 10_000, 2)], [promotion(), two], NOW);
  expect(hint).toMatchObject({ promotion: { id: 'p1' }, next: { missingFen: 10_000 } });
  expect(hint && nextStepText({ missingPieces: 1, payPermille: 800 }, 'zh-CN')).toBe('再加 1 件可享 8 折');
  expect(cartCuts([goods('a', 100)], [promotion()], NOW).hint).toBeNull();
  expect(cartCuts([goods('a', 29_000)], [promotion({ endsAt: NOW })], NOW).hint).toBeNull();
  const elsewhere = promotion({ scope: { kind: 'products', handles: ['p-z'] } });
  expect(cartCuts([goods('a', 29_000)], [elsewhere], NOW).hint).toBeNull();
  expect(cartCuts([goods('a', 29_000, 1, { priceKind: 'session' })], [promotion()], NOW).hint).toBeNull();
});
