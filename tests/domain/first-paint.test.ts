import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { FIRST_LINE, paintAddresses, paintAtOnce } from '../../server/publish/first-paint.ts';
import { inlineHashes } from '../../server/publish/inline-hashes.ts';

const SHEET = '/_next/static/chunks/a.css';
const PAGE = `<html><head><link rel="stylesheet" href="${SHEET}" data-precedence="next"/><title>Shop</title></head><body><p>goods</p><script>"</body>"</script></body></html>`;

const NOTHING = { sheets: new Map(), pictures: new Map() };

test('A page carries its styles before its content, and its sheet after it', () => {
  const css = ".a{background:url('data:,$&')}";
  const page = paintAtOnce(PAGE, { sheets: new Map([[SHEET, css]]), pictures: new Map() });
  expect(page.indexOf(`<style>${css}</style>`)).toBeLessThan(page.indexOf('goods'));
  expect(page.indexOf(SHEET)).toBeGreaterThan(page.indexOf('"</body>"'));
  expect(page.match(/rel="stylesheet"/g)).toHaveLength(1);
  expect(inlineHashes(page).styles).toHaveLength(1);
  expect(page.match(/<script>/g)).toHaveLength(2);
});

test('A sheet that nobody has stays where it was', () => {
  expect(paintAtOnce(PAGE, NOTHING).indexOf(SHEET)).toBeLessThan(PAGE.indexOf('goods'));
});

const picture = (name: string, sizes: string, priority: string) =>
  `<picture class="contents"><source type="image/avif" srcSet="/img/${name}-400.avif 400w, /img/${name}-800.avif 800w" sizes="${sizes}"/><img src="/img/${name}-400.webp" ${priority}/></picture>`;

test('Only the pictures that are seen first stand in the page: a card’s middle one, a page’s large one', () => {
  const first = picture('a', '47vw', 'fetchPriority="high"');
  const wide = picture('b', '(min-width: 520px) 520px, 100vw', 'fetchPriority="high"');
  const later = picture('c', '47vw', 'loading="lazy"');
  const html = PAGE.replace('<p>goods</p>', first + later + wide);
  expect(paintAddresses(html)).toEqual({ sheets: [SHEET], pictures: ['/img/a-400.avif', '/img/b-800.avif'] });
  const pictures = new Map([['/img/a-400.avif', Buffer.from('A')]]);
  const page = paintAtOnce(html, { sheets: new Map(), pictures });
  expect(page).toContain('srcSet="data:image/avif;base64,QQ==" sizes="47vw"');
  expect(page).toContain(later + wide);
});

function run(kept: Record<string, string> | null): Record<string, string> {
  const dataset = {};
  const localStorage = { getItem: (key: string) => kept?.[key] ?? null };
  const context = { document: { documentElement: { dataset } } };
  runInNewContext(FIRST_LINE, kept ? { ...context, localStorage } : context);
  return dataset;
}

test('The first line of a page knows the chosen theme and an empty cart, also where nothing may be kept', () => {
  expect(run({})).toEqual({ cart: 'empty' });
  expect(run({ 'festa-theme': 'dark' })).toEqual({ theme: 'dark', cart: 'empty' });
  expect(run({ 'festa-theme': '"><script>' })).toEqual({ cart: 'empty' });
  expect(run({ 'festa.cart': JSON.stringify({ lines: [{ skuId: 'a', quantity: 0, changedAt: 1 }] }) })).toEqual({
    cart: 'empty',
  });
  expect(run({ 'festa.cart': JSON.stringify({ lines: [{ skuId: 'a', quantity: 2, changedAt: 1 }] }) })).toEqual({});
  expect(run(null)).toEqual({ cart: 'empty' });
});
