import { type LinkedPage, linkedPage, previewKey } from '../../lib/domain/sharing/linked-page.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import type { PageCard } from './link-book.ts';

type Named = { readonly kind: string; readonly id: string } & Pick<PageCard, 'name' | 'startsAt'>;

const READ_NAMES = `
  select 'category' as kind, id, name, null::bigint as "startsAt" from category where id = any ($1::text[])
  union all
  select 'session', id, name, ${epochMs('starts_at')} from sale_session where id = any ($2::text[])`;

const idsOf = (pages: readonly LinkedPage[], kind: 'category' | 'session') =>
  pages.flatMap((page) => (page.kind === kind ? [page.id] : []));

/** The cards of pages that are no product’s, by the landings that lead to them. */
export async function readPageCards(db: Queryable, landings: readonly string[]): Promise<Map<string, PageCard>> {
  if (landings.length === 0) return new Map();
  const pages = new Map(landings.map((landing) => [landing, linkedPage(landing)]));
  const all = [...pages.values()];
  const keysOf = (page: LinkedPage) => [previewKey(page, 'zh'), previewKey(page, 'en')] as const;
  const keys = [...all, { kind: 'home' } as const].flatMap(keysOf);
  const pictures = await db.query<{ key: string; path: string }>(
    'select key, path from picture where key = any ($1::text[])',
    [[...new Set(keys)]],
  );
  const ids = [idsOf(all, 'category'), idsOf(all, 'session')];
  const names = ids.some((list) => list.length > 0) ? await db.query<Named>(READ_NAMES, ids) : [];
  const pathOf = new Map(pictures.map(({ key, path }) => [key, path]));
  /** A page that is newer than the publish has the shop’s own picture. */
  const previewOf = (page: LinkedPage, language: 'zh' | 'en') =>
    pathOf.get(previewKey(page, language)) ?? pathOf.get(previewKey({ kind: 'home' }, language)) ?? null;
  return new Map(
    [...pages].map(([landing, page]) => {
      const named = 'id' in page ? names.find(({ kind, id }) => kind === page.kind && id === page.id) : undefined;
      const preview = { zh: previewOf(page, 'zh'), en: previewOf(page, 'en') };
      return [landing, { kind: page.kind, name: named?.name ?? null, startsAt: named?.startsAt ?? null, preview }];
    }),
  );
}
