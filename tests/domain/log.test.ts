import { expect, test } from 'vitest';
import { openLog } from '../../server/platform/log.ts';

test('A line keeps ids and what went wrong, and nothing of a person, however deep it was handed over', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => void lines.push(line) });
  const person = { phone: '13800138000', code: '081159', address: '文三路 90 号', email: 'o@shop.example' };
  const headers = { cookie: 'festa_session=secret' };
  log.info({ orderId: 'ord_1', ...person, shopper: person, order: { receiver: person }, headers }, 'an order');
  const fault = Object.assign(new Error('unique'), { code: '23505', detail: 'Key (phone)=(13800138000) exists.' });
  log.error({ err: fault, req: { headers } }, 'a fault');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('ord_1');
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ err: { message: 'unique', errorCode: '23505' } });
  for (const secret of ['13800138000', '081159', '文三路', 'o@shop.example', 'festa_session']) {
    expect(lines.join(''), secret).not.toContain(secret);
  }
});
