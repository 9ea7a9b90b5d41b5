import { expect, test } from 'vitest';
import { skuOfChoice, valueState } from '../../lib/domain/catalog/choice.ts';

const skus = [
  { id: 'red-s', choice: ['red', 's'] },
  { id: 'red-m', choice: ['red', 'm'] },
  { id: 'blue-s', choice: ['blue', 's'] },
];
const gone =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);

test('a SKU is found when each option is chosen, and not before', () => {
  expect(skuOfChoice(skus, ['red', 'm'])?.id).toBe('red-m');
  expect(skuOfChoice(skus, ['red', null])).toBeNull();
  expect(skuOfChoice(skus, ['blue', 'm'])).toBeNull();
});

test('a value says whether it can be had beside what is chosen', () => {
  expect(valueState(skus, ['red', null], 1, 'm', gone())).toBe('free');
  expect(valueState(skus, ['blue', null], 1, 'm', gone())).toBe('none');
  expect(valueState(skus, ['red', null], 1, 'm', gone('red-m'))).toBe('sold_out');
  expect(valueState(skus, [null, null], 0, 'red', gone('red-m'))).toBe('free');
  expect(valueState(skus, [null, null], 0, 'red', gone('red-m', 'red-s'))).toBe('sold_out');
});

test('changing a chosen option looks past its own old value', () => {
  expect(valueState(skus, ['red', 's'], 0, 'blue', gone())).toBe('free');
});
