import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PHONE_KEYS } from '../../lib/domain/phone-keys.ts';

const SHEET = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="(\/_next\/static\/[^"?]+\.css)"[^>]*>/g;
/** A picture that its page marked as the first one to be seen, and the AVIF files that it is offered in. */
const PICTURE = /<picture\b(?:(?!<\/picture>).)*\bfetchPriority="high"(?:(?!<\/picture>).)*<\/picture>/gs;
const OFFER = /(<source type="image\/avif" srcSet=")([^"]+)(" sizes="([^"]*)")/;
/** A picture as wide as the page needs the large file; in a card the middle one is sharp enough on every phone. */
const WIDTH = { page: 800, card: 400 } as const;

/** Shown without a network, when the sheet is on the phone already: every first visit fetches them, so they are small. */
const OFFLINE = /(?:^|\/)offline\.html$/;

/**
 * Run before anything is painted: the theme that the shopper chose, and whether this phone's cart has anything in it,
 * so that the page neither changes its colours nor shows a skeleton where there is nothing to wait for. The policy
 * knows it by its hash.
 */
export const FIRST_LINE =
  `(function(d,s){try{s=localStorage;var t=s.getItem('${PHONE_KEYS.theme}');` +
  `if(t==='light'||t==='dark')d.theme=t;` +
  `if(!/"quantity":[1-9]/.test(s.getItem('${PHONE_KEYS.cart}')||''))d.cart='empty'}catch(e){d.cart='empty'}})` +
  `(document.documentElement.dataset)`;

const SCRIPT = /<script src="(\/_next\/static\/[^"?]+\.js)" async=""><\/script>/g;

/**
 * Run right after the page's scripts, which it starts: at once on a first visit, when their way is long; after the first
 * paint where the worker has them on the phone, so that ten answers from it are not in the way of the page.
 */
export const START_SCRIPTS =
  `(function(d,w){function start(){d.querySelectorAll('script[type=later]').forEach(function(o){` +
  `var s=d.createElement('script');s.src=o.getAttribute('src');s.async=true;o.replaceWith(s)})}` +
  `if(!w||!w.controller||d.hidden)start();else d.addEventListener('DOMContentLoaded',function(){` +
  `requestAnimationFrame(function(){setTimeout(start)})})})(document,navigator.serviceWorker)`;

/** The address of the file that takes a first picture's place, or null where there is none of that width. */
function pictureAddress(picture: string): string | null {
  const [, , files = '', , sizes = ''] = picture.match(OFFER) ?? [];
  const width = sizes.endsWith('100vw') ? WIDTH.page : WIDTH.card;
  const file = files.split(', ').find((one) => one.endsWith(` ${width}w`));
  return file?.split(' ')[0] ?? null;
}

/** After so long without an answer the shopper has tapped again, or looked elsewhere. */
const TAP_KEPT_MS = 10_000;

/**
 * Run before anything can be tapped: a button that is tapped before the page's scripts have come is pressed when they
 * have. The last tap counts, once, and the button says meanwhile that it is busy. `festaReady` is called by the page's
 * first effect (components/app-shell/early-tap.tsx).
 */
export const KEEP_EARLY_TAP =
  `(function(d,w,early,kept){function keep(e){var b=e.target.closest&&e.target.closest('button');if(!b)return;` +
  `e.preventDefault();e.stopPropagation();if(kept)kept[0].removeAttribute('aria-busy');` +
  `b.setAttribute('aria-busy','true');kept=[b,Date.now()]}` +
  `d.addEventListener('click',keep,early);w.festaReady=function(){d.removeEventListener('click',keep,early);` +
  `delete w.festaReady;if(!kept)return;kept[0].removeAttribute('aria-busy');` +
  `if(kept[0].isConnected&&Date.now()-kept[1]<${TAP_KEPT_MS})kept[0].click()}})(document,window,{capture:true})`;

/** What a page needs for its first paint, by address: the text of style sheets, the bytes of pictures. */
export type PaintFiles = {
  readonly sheets: ReadonlyMap<string, string>;
  readonly pictures: ReadonlyMap<string, Buffer>;
};

/** The addresses of what `paintAtOnce` would put into this page. */
export function paintAddresses(html: string): { sheets: string[]; pictures: string[] } {
  const pictures = [...html.matchAll(PICTURE)].map(([picture]) => pictureAddress(picture));
  return {
    sheets: [...html.matchAll(SHEET)].map(([, address = '']) => address),
    pictures: pictures.filter((address) => address !== null),
  };
}

/**
 * One page that paints with its first answer: its styles and its first pictures stand in it. The style sheet itself,
 * which the pages that follow share, comes after the content and holds nothing up; scripts wait for `START_SCRIPTS`.
 *
 * @returns the page; what `files` does not have stays as it was, and so does a page without a title or a body
 */
export function paintAtOnce(html: string, files: PaintFiles): string {
  const moved: string[] = [];
  const styles: string[] = [];
  const rest = html
    .replace(SHEET, (link, address: string) => {
      const text = files.sheets.get(address);
      if (text === undefined) return link;
      styles.push(`<style>${text}</style>`);
      moved.push(link.replace('<link ', '<link fetchPriority="low" '));
      return '';
    })
    .replace(PICTURE, (picture) => {
      const bytes = files.pictures.get(pictureAddress(picture) ?? '');
      if (!bytes) return picture;
      const data = `data:image/avif;base64,${bytes.toString('base64')}`;
      return picture.replace(OFFER, (_, before: string, __, after: string) => before + data + after);
    });
  const title = '</title>';
  const head = rest.indexOf(title);
  const end = rest.lastIndexOf('</body>');
  if (head < 0 || end < 0) return html;
  const content = head + title.length;
  const first = `<script>${FIRST_LINE};${KEEP_EARLY_TAP};${START_SCRIPTS}</script>${styles.join('')}`;
  const opening = rest.slice(0, content).replace(SCRIPT, '<script type="later" src="$1"></script>');
  return opening + first + rest.slice(content, end) + moved.join('') + rest.slice(end);
}

/** Reads each of the addresses once, below the first of the folders that has it. */
async function filesOf(addresses: Iterable<string>, folders: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const address of new Set(addresses)) {
    for (const folder of folders) {
      const bytes = await readFile(join(folder, decodeURI(address))).catch(() => null);
      if (bytes) found.set(address, bytes);
      if (bytes) break;
    }
  }
  return found;
}

/**
 * Makes the exported pages paint with their first answer.
 * @param pages their files, relative to `out`
 * @param publicDir where the pictures are that are not part of the export
 */
export async function paintPagesAtOnce(out: string, pages: readonly string[], publicDir: string): Promise<void> {
  const texts = await Promise.all(pages.map((page) => readFile(join(out, page), 'utf8')));
  const wanted = texts.map(paintAddresses);
  const folders = [out, publicDir];
  const sheets = await filesOf(
    wanted.flatMap((page) => page.sheets),
    folders,
  );
  const files: PaintFiles = {
    sheets: new Map([...sheets].map(([address, bytes]) => [address, bytes.toString('utf8')])),
    pictures: await filesOf(
      wanted.flatMap((page) => page.pictures),
      folders,
    ),
  };
  const none: PaintFiles = { sheets: new Map(), pictures: new Map() };
  await Promise.all(
    pages.map((page, index) =>
      writeFile(join(out, page), paintAtOnce(texts[index] ?? '', OFFLINE.test(page) ? none : files)),
    ),
  );
}
