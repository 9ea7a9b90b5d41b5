import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPreview } from '../../server/publish/previews/draw.ts';
import { lettering } from '../../server/publish/previews/lettering.ts';
import { renderPreviews } from '../../server/publish/previews/previews.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { openShared, PHONE_AGENT, putLink } from '../support/sharing.ts';

let edge: Edge;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'festa-previews-'));
  edge = await openEdge();
  await putOnSale(edge.db, { id: 'tea', priceFen: 12_900 });
  await edge.db.query(`update category set name = '{"zh":"茶叶 <b>","en":"Tea"}'`);
});
afterAll(async () => {
  await edge.close();
  await rm(dir, { recursive: true, force: true });
});

const place = { x: 0, y: 100, size: 100, color: '#000000', widthMax: 500, linesMax: 2 };
/** How much of a place is ink, 0–1. */
async function ink(text: string, given: Partial<typeof place> = {}): Promise<number> {
  const { svg } = lettering(text, { ...place, ...given });
  const picture = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="500" height="260">${svg}</svg>`);
  // What is asked of a picture is asked of its source: drawn first.
  const { channels } = await sharp(await sharp(picture).ensureAlpha().png().toBuffer()).stats();
  return (channels[3]?.mean ?? 0) / 255;
}

test('Chinese and letters are drawn as outlines, without a font of the machine; a sign that the font lacks draws nothing', async () => {
  expect(lettering('狂欢节 20:00', place).svg).not.toMatch(/<text|font|NaN/);
  expect(await ink('狂')).toBeGreaterThan(0.01);
  expect(await ink('狂欢节')).toBeGreaterThan((await ink('狂')) * 2);
  expect(await ink('Café · 50%')).toBeGreaterThan(0.01);
  expect(await ink('狂𠮷')).toBe(0);
  // However long the name, it stays in its place.
  const { svg } = lettering('很长很长的名字'.repeat(20), place);
  const xs = [...svg.matchAll(/[MLQ](-?[\d.]+) /g)].map(([, x]) => Number(x));
  expect(Math.max(...xs)).toBeLessThanOrEqual(500);
});

test('A card without pictures has the shop’s mark, and both sizes are what chat apps ask for', async () => {
  const { wide, square } = await drawPreview({ shop: 'Festa', title: '领券中心', text: '领到就能用', tiles: [] });
  const sizeOf = async (picture: Buffer) => {
    const { width, height, format } = await sharp(picture).metadata();
    return [width, height, format];
  };
  expect([await sizeOf(wide), await sizeOf(square)]).toEqual([
    [1_200, 630, 'jpeg'],
    [300, 300, 'jpeg'],
  ]);
  expect(wide.length).toBeLessThan(100_000);
  expect(square.length).toBeLessThan(30_000);
});

test('A publish makes a card for each page that is shared, once; a link of the page shows it, in the visitor’s language', async () => {
  const folders = { outDir: dir, cacheDir: join(dir, 'cache') };
  await mkdir(join(dir, 'img'));
  const previews = await renderPreviews(edge.db, new Map(), folders);
  expect([...previews.keys()]).toEqual(
    expect.arrayContaining(['preview~home~zh', 'preview~coupons~en', 'preview~invite~zh']),
  );
  const [categoryId] = [...previews.keys()].flatMap((key) => key.match(/^preview~category~(.+)~zh$/)?.[1] ?? []);
  const drawnAt = async () =>
    Promise.all(
      (await readdir(folders.cacheDir)).map(async (file) => (await stat(join(folders.cacheDir, file))).mtimeMs),
    );
  const before = await drawnAt();
  expect(await renderPreviews(edge.db, new Map(), folders)).toEqual(previews);
  expect(await drawnAt()).toEqual(before);

  for (const [key, { path, color }] of previews) {
    await edge.db.query('insert into picture (key, path, color) values ($1, $2, $3)', [key, path, color]);
  }
  const cardOf = async (landing: string, language = 'zh') => {
    const { code } = await putLink(edge.db, { landing });
    const phone = edge.browser({ 'user-agent': PHONE_AGENT, 'accept-language': language });
    const { body } = (await openShared(phone, code)).response;
    const content = (name: string) =>
      [...body.matchAll(new RegExp(`property="og:${name}" content="(.*?)"`, 'g'))].map(([, value]) => value);
    return {
      title: content('title')[0],
      description: content('description')[0] ?? '',
      pictures: content('image').map((url) => new URL(url ?? '').pathname),
      sizes: [content('image:width'), content('image:height')],
    };
  };
  const picturesOf = (key: string) => [1_200, 300].map((side) => `${previews.get(key)?.path}-${side}.jpg`);
  const category = await cardOf(`/c/${categoryId}`);
  expect(category.title).toContain('茶叶 &lt;b&gt;');
  expect(category.pictures).toEqual(picturesOf(`preview~category~${categoryId}~zh`));
  expect(category.sizes).toEqual([
    ['1200', '300'],
    ['630', '300'],
  ]);
  expect((await cardOf(`/c/${categoryId}`, 'en')).title).toBe('Tea · Festa');
  expect((await cardOf('/c/nothing-of-ours')).pictures).toEqual(picturesOf('preview~home~zh'));
  expect((await cardOf('/')).pictures).toEqual(picturesOf('preview~home~zh'));

  // The card of an invitation travels through apps that forbid to reward inviting others.
  for (const landing of ['/t?c=Ab12Cd34Ef56', '/g?c=Ab12Cd34Ef56', '/team', '/packet']) {
    const { title, description, pictures } = await cardOf(landing);
    expect(pictures).toEqual(picturesOf('preview~invite~zh'));
    expect(`${title}${description}`).not.toMatch(/红包|瓜分|邀请|分享|长大|助力|领/);
  }
}, 60_000);
