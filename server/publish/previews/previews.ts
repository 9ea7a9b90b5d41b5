import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Localized } from '../../../lib/contracts/contract.ts';
import { type LinkedPage, previewKey } from '../../../lib/domain/sharing/linked-page.ts';
import { appShellMessages } from '../../../lib/messages/app-shell.ts';
import { inLocale, type Locale } from '../../../lib/messages/define.ts';
import { previewMessages } from '../../../lib/messages/preview.ts';
import type { PicturePlace } from '../../catalog/catalog-store.ts';
import { categoryPictureKey, pictureKey } from '../../catalog/picture-key.ts';
import type { Queryable } from '../../platform/database.ts';
import { drawPreview, PREVIEW_RECIPE, SQUARE, WIDE } from './draw.ts';

/** A large shop has hundreds of categories; the rest have the shop's own card. */
const CATEGORIES_MAX = 60;
const SESSIONS_MAX = 40;
const TILES_MAX = 3;
const LANGUAGES: readonly (readonly ['zh' | 'en', Locale])[] = [
  ['zh', 'zh-CN'],
  ['en', 'en-US'],
];
/** The ground of every card, in the box before the picture is there. */
const COLOR = '#D70022';

type Row = { readonly id: string; readonly name: Localized; readonly handles: readonly string[] };

/** The shop's pages that are shared and are no product's, with the products that stand for them. */
async function readRows(db: Queryable): Promise<{ festival: Localized; categories: Row[]; sessions: Row[] }> {
  const [festival] = await db.query<{ name: Localized }>('select name from festival order by created_at desc limit 1');
  const categories = await db.query<Row>(
    `select c.id, c.name, array(select p.handle from product p where p.category_id = c.id and p.is_listed
       order by p.sort, p.handle limit ${TILES_MAX}) as handles
     from category c where exists (select 1 from product p where p.category_id = c.id and p.is_listed)
     order by c.sort, c.id limit ${CATEGORIES_MAX}`,
  );
  const sessions = await db.query<Row>(
    `select v.id, v.name, array(select s.product_handle from session_item i
       join sku s on s.id = i.sku_id and s.is_listed join product p on p.handle = s.product_handle and p.is_listed
       where i.session_id = v.id group by s.product_handle order by min(i.sort), s.product_handle limit ${TILES_MAX})
       as handles
     from sale_session v where v.ends_at > now() order by v.starts_at, v.id limit ${SESSIONS_MAX}`,
  );
  return { festival: festival?.name ?? { zh: '', en: '' }, categories, sessions };
}

type Card = { readonly page: LinkedPage; readonly title: Localized; readonly text: Localized; readonly keys: string[] };

type Word = Exclude<keyof (typeof previewMessages)['zh-CN'], 'from'>;
const both = (word: Word): Localized => ({
  zh: previewMessages['zh-CN'][word],
  en: previewMessages['en-US'][word],
});

async function readCards(db: Queryable): Promise<Card[]> {
  const { festival, categories, sessions } = await readRows(db);
  const firsts = (handles: readonly string[]) => handles.map((handle) => pictureKey(handle, 1));
  const best = [...sessions.flatMap(({ handles }) => handles), ...categories.flatMap(({ handles }) => handles)];
  return [
    {
      page: { kind: 'home' },
      title: festival,
      text: both('home'),
      keys: firsts([...new Set(best)].slice(0, TILES_MAX)),
    },
    { page: { kind: 'coupons' }, title: both('couponsTitle'), text: both('coupons'), keys: [] },
    // Goods as anybody sees them: the card of an invitation travels through apps that forbid to say more.
    {
      page: { kind: 'invite' },
      title: both('inviteTitle'),
      text: both('invite'),
      keys: firsts(categories.flatMap(({ handles }) => handles.slice(0, 1)).slice(0, TILES_MAX)),
    },
    ...categories.map(({ id, name, handles }) => ({
      page: { kind: 'category', id } as const,
      title: name,
      text: both('category'),
      keys: [categoryPictureKey(id), ...firsts(handles)].slice(0, TILES_MAX),
    })),
    ...sessions.map(({ id, name, handles }) => ({
      page: { kind: 'session', id } as const,
      title: name,
      text: both('session'),
      keys: firsts(handles),
    })),
  ];
}

type Folders = { readonly outDir: string; readonly cacheDir: string };

/** Fills the cache for one card. A file is complete when it has its name: it is written beside and renamed. */
async function drawIntoCache(cached: (side: number) => string, draw: () => ReturnType<typeof drawPreview>) {
  if (existsSync(cached(WIDE.width)) && existsSync(cached(SQUARE.width))) return;
  const drawn = await draw();
  for (const [side, bytes] of [
    [WIDE.width, drawn.wide],
    [SQUARE.width, drawn.square],
  ] as const) {
    await writeFile(`${cached(side)}.part`, bytes);
    await rename(`${cached(side)}.part`, cached(side));
  }
}

/**
 * Makes the preview pictures of the pages that are no product: `${path}-1200.jpg`, 1,200 × 630, and `${path}-300.jpg`,
 * a square, in both languages. What is in the cache is copied and nothing is drawn.
 *
 * @param pictures what `renderPictures` made; the cards show some of them
 * @returns by `previewKey`
 */
export async function renderPreviews(
  db: Queryable,
  pictures: ReadonlyMap<string, PicturePlace>,
  { outDir, cacheDir }: Folders,
): Promise<Map<string, PicturePlace>> {
  await mkdir(cacheDir, { recursive: true });
  const previews = new Map<string, PicturePlace>();
  for (const { page, title, text, keys } of await readCards(db)) {
    const tiles = keys.flatMap((key) => pictures.get(key)?.path ?? []);
    for (const [language, locale] of LANGUAGES) {
      const said = {
        shop: appShellMessages[locale].shopName,
        title: inLocale(title, locale),
        text: inLocale(text, locale),
      };
      const hash = createHash('sha256')
        .update(JSON.stringify([PREVIEW_RECIPE, said, tiles]))
        .digest('hex')
        .slice(0, 24);
      const cached = (side: number) => join(cacheDir, `preview-${hash}-${side}.jpg`);
      const files = tiles.map((path) => join(outDir, `${path}-400.webp`));
      await drawIntoCache(cached, () => drawPreview({ ...said, tiles: files }));
      const id = 'id' in page ? `-${page.id}` : '';
      const path = `/img/preview-${page.kind}${id}-${language}.${hash.slice(0, 8)}`;
      for (const side of [WIDE.width, SQUARE.width]) {
        const file = join(outDir, `${path}-${side}.jpg`);
        if (!existsSync(file)) await copyFile(cached(side), file);
      }
      previews.set(previewKey(page, language), { path, color: COLOR });
    }
  }
  return previews;
}
