import { expect, test } from 'vitest';
import { looksFor } from '../../components/studio/graph/colours.ts';
import { modelOf } from '../../components/studio/graph/spread-model.ts';
import { EMPTY_LINK, linkRequest } from '../../components/studio/link-draft.ts';
import { csvField, readCsv } from '../../components/studio/read-csv.ts';

const NOW = Date.UTC(2026, 10, 11, 4);
const to = { campaignId: 'autumn', key: 'k', nowMs: NOW };

test('A link without a page, with a tag of signs alone, or that has ended is not sent; the places are said', () => {
  const { request, faults } = linkRequest({ ...EMPTY_LINK, utmSource: '<>', expires: '2026-11-11T11:59' }, to);
  expect(request).toBeNull();
  expect(faults).toEqual({ landing: true, tags: ['utmSource'], expires: true });
});

test('A link is sent with what was typed and nothing else', () => {
  const typed = {
    ...EMPTY_LINK,
    landing: '/coupons',
    channel: ' wechat ',
    note: ' 一批 ',
    expires: '2026-11-12T00:00',
  };
  const { request } = linkRequest(typed, to);
  expect(request).toEqual({
    campaignId: 'autumn',
    key: 'k',
    landing: '/coupons',
    channel: 'wechat',
    note: '一批',
    expiresAt: Date.UTC(2026, 10, 11, 16),
  });
});

test('A file of links is read as UTF-8 or as Chinese Windows saves it; what is neither has no text', async () => {
  const file = (...bytes: number[]) => new File([Uint8Array.from(bytes)], 'links.csv');
  expect(await readCsv(file(...new TextEncoder().encode('页面,渠道')))).toBe('页面,渠道');
  expect(await readCsv(file(0xd2, 0xb3, 0xc3, 0xe6))).toBe('页面');
  expect(await readCsv(file(0xff, 0xff, 0xff))).toBeNull();
});

test.each([
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['a,b', '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ['/coupons', '/coupons'],
])('The field %s is written so that a spreadsheet reads it as text', (value, written) => {
  expect(csvField(value)).toBe(written);
});

test('The picture knows who made a link, when it was made and how many there were by then', () => {
  const model = modelOf({
    asOf: NOW,
    total: 3,
    isCut: false,
    startedAt: NOW,
    code: ['Abcdefghijklmnopq', 'Bbcdefghijklmnopq', 'Cbcdefghijklmnopq'],
    parent: [-1, 0, 0],
    depth: [0, 1, 1],
    createdAt: [0, 50, 100],
    visitors: [3, 1, 0],
    orders: [0, 1, 0],
    revenueFen: [0, 9_900, 0],
    label: [-1, 0, 1],
    labels: ['小明', 'f00'],
    named: [0],
  });
  expect([0, 1, 2].map((node) => model.nameOf(node, '商家'))).toEqual(['商家 Abcd', '小明', 'f00']);
  expect([0, 0.49, 0.5, 1].map(model.countUntil)).toEqual([1, 1, 2, 3]);
  expect(model.madeAt(1)).toBe(NOW + 50_000);
  expect(model.nodeOf('Cbcdefghijklmnopq')).toBe(2);
  const { revenueOf } = looksFor('light', model.columns.revenueFen);
  expect(revenueOf(0)).toBe(revenueOf(2));
  expect(revenueOf(1)).not.toBe(revenueOf(0));
});
