import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { growCampaign } from '../support/grown-campaign.ts';
import { staffBrowser } from '../support/staff.ts';

const LINKS = 4_000;

let edge: Edge;
let marketer: Browser;
beforeAll(async () => {
  edge = await openEdge();
  marketer = await staffBrowser(edge as never, 'marketer');
  await growCampaign(edge.db, { id: 'large', zh: '大', en: 'Large', size: LINKS, seed: 7 });
  await growCampaign(edge.db, { id: 'small', zh: '小', en: 'Small', size: 20, seed: 7 });
});
afterAll(() => edge.close());

function ask(path: string, encoding?: string) {
  const cookie = [...marketer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return edge.app.inject({
    url: `/api/${path}`,
    headers: { cookie, ...(encoding === undefined ? {} : { 'accept-encoding': encoding }) },
  });
}
const withoutTime = (text: string) => text.replace(/"asOf":\d+/, '');

test('a large answer goes out packed for whoever takes that, is kept by nobody between, and is the same answer', async () => {
  const path = 'studio.graph?campaignId=large';
  const plain = await ask(path);
  const packed = await ask(path, 'br, gzip;q=0.8');
  expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
  for (const { statusCode, headers } of [plain, packed]) {
    expect([statusCode, headers['cache-control'], headers.vary, headers['content-type']]).toEqual([
      200,
      'private, no-store',
      'accept-encoding',
      'application/json; charset=utf-8',
    ]);
  }
  expect(withoutTime(gunzipSync(packed.rawPayload).toString())).toBe(withoutTime(plain.body));
  expect((JSON.parse(plain.body) as { value: { code: string[] } }).value.code).toHaveLength(LINKS);
  // Codes are random letters: they alone are three quarters of their length.
  expect(packed.rawPayload.length).toBeLessThan(0.62 * plain.rawPayload.length);
});

test('a small answer, and one for whoever says that he takes no gzip, goes out as it is', async () => {
  const cases = [
    ['studio.graph?campaignId=small', 'gzip'],
    ['studio.graph?campaignId=large', 'gzip;q=0, identity'],
    ['studio.graph?campaignId=large', 'br, gzip; q=0.000'],
    ['studio.graph?campaignId=large', 'x-gzip-2'],
    ['studio.graph?campaignId=none', 'gzip'],
    ['studio.funnel?campaignId=large', 'gzip'],
  ] as const;
  for (const [path, encoding] of cases) {
    const { headers, body } = await ask(path, encoding);
    expect([path, headers['content-encoding'], body.startsWith('{"ok":')]).toEqual([path, undefined, true]);
  }
});
