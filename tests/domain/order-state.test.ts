import { expect, test } from 'vitest';
import { moveOrder, nextStates, ORDER_STATES, statesBefore } from '../../lib/domain/order/order-state.ts';

test('the whole life of an order, for a reviewer to read', () => {
  expect(ORDER_STATES.map((state) => `${state} → ${nextStates(state).join(' | ') || '(end)'}`)).toMatchInlineSnapshot(`
    [
      "pending_pay → paid | closing",
      "closing → closed | paid",
      "closed → (end)",
      "paid → packed | refund_requested | received",
      "packed → shipped | refund_requested",
      "shipped → received",
      "received → completed | returning | paid",
      "returning → refunding | received",
      "completed → (end)",
      "refund_requested → refunding | paid | packed",
      "refunding → refunded | paid | packed | received",
      "refunded → (end)",
    ]
  `);
});

test('a move exists exactly when the guarded update asks for its state', () => {
  for (const from of ORDER_STATES) {
    for (const to of ORDER_STATES) expect(moveOrder(from, to).ok).toBe(statesBefore(to).includes(from));
  }
});
