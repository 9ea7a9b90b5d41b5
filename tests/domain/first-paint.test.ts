import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  FIRST_LINE,
  KEEP_EARLY_TAP,
  paintAddresses,
  paintAtOnce,
  START_SCRIPTS,
} from '../../server/publish/first-paint.ts';
import { inlineHashes } from '../../server/publish/inline-hashes.ts';

const ROOT = join(import.meta.dirname, '../..');
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

/** A page of one button before its scripts have come, its clicks counted as React would see them. */
function pageWithButton() {
  const now = { at: 0 };
  const document = new EventTarget();
  const window: { festaReady?: () => void } = {};
  const pressed: string[] = [];
  const attributes = new Map<string, string>();
  const button = {
    isConnected: true,
    setAttribute: (name: string, value: string) => attributes.set(name, value),
    removeAttribute: (name: string) => attributes.delete(name),
    click: () => pressed.push('button'),
  };
  runInNewContext(KEEP_EARLY_TAP, { document, window, Date: { now: () => now.at } });
  const tap = (closest: unknown = button) => {
    const event = new Event('click', { cancelable: true });
    Object.defineProperty(event, 'target', { value: { closest: () => closest } });
    return document.dispatchEvent(event) ? 'as ever' : 'kept';
  };
  return { now, window, pressed, attributes, button, tap };
}

test('A button tapped before the scripts is pressed once when they have come, and says meanwhile that it is busy', () => {
  const page = pageWithButton();
  expect([page.tap(), page.tap(), page.tap(null)]).toEqual(['kept', 'kept', 'as ever']);
  expect(page.attributes.get('aria-busy')).toBe('true');
  expect(page.pressed).toEqual([]);
  page.window.festaReady?.();
  expect(page.pressed).toEqual(['button']);
  expect([...page.attributes]).toEqual([]);
  expect(page.window.festaReady).toBeUndefined();
  expect(page.tap()).toBe('as ever');
});

test('A tap of long ago, or on a button that has gone, presses nothing', () => {
  const late = pageWithButton();
  late.tap();
  late.now.at = 60_000;
  late.window.festaReady?.();
  const gone = pageWithButton();
  gone.tap();
  gone.button.isConnected = false;
  gone.window.festaReady?.();
  expect([...late.pressed, ...gone.pressed]).toEqual([]);
});

test('Every document tells when its buttons can be pressed: without it they never could', () => {
  const sources = ['app', 'components'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, folder, file)),
  );
  const documents = sources
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => text.includes('<html'));
  expect(documents.length).toBeGreaterThan(4);
  for (const text of documents) expect(text).toContain('<EarlyTap />');
});

const WITH_SCRIPTS = PAGE.replace(
  '<title>',
  '<script src="/_next/static/chunks/a.js" async=""></script><script src="/_next/static/chunks/b.js" async=""></script><title>',
);

test('A page’s scripts stand before the line that starts them, and none starts by itself', () => {
  const page = paintAtOnce(WITH_SCRIPTS, NOTHING);
  expect(page).not.toContain('async=""');
  expect(page.match(/<script type="later" src="\/_next\/static\/chunks\/[ab]\.js">/g)).toHaveLength(2);
  expect(page.lastIndexOf('type="later"')).toBeLessThan(page.indexOf(START_SCRIPTS));
});

/** Runs the starting line in a page with two scripts; answers with what has started, and what it waits for. */
function startScripts(kept: boolean, hidden = false) {
  const started: { src: string; async: boolean }[] = [];
  const waits: { parsed?: () => void; frame?: () => void; task?: () => void } = {};
  const later = ['/a.js', '/b.js'].map((src) => ({
    getAttribute: () => src,
    replaceWith: (script: { src: string; async: boolean }) => started.push(script),
  }));
  runInNewContext(START_SCRIPTS, {
    document: {
      hidden,
      querySelectorAll: () => later,
      createElement: () => ({}),
      addEventListener: (_: string, heard: () => void) => Object.assign(waits, { parsed: heard }),
    },
    navigator: { serviceWorker: kept ? { controller: {} } : undefined },
    requestAnimationFrame: (frame: () => void) => Object.assign(waits, { frame }),
    setTimeout: (task: () => void) => Object.assign(waits, { task }),
  });
  return { started, waits };
}

test('Scripts start at once where they must be fetched or nobody looks, and after the first frame where they are kept', () => {
  const both = [
    { src: '/a.js', async: true },
    { src: '/b.js', async: true },
  ];
  expect(startScripts(false).started).toEqual(both);
  expect(startScripts(true, true).started).toEqual(both);
  const { started, waits } = startScripts(true);
  for (const step of ['parsed', 'frame', 'task'] as const) {
    expect(started).toEqual([]);
    waits[step]?.();
  }
  expect(started).toEqual(both);
});
