import type { Catalogue, Category, Offer, Picture, Product, Session, Sku } from '../../lib/contracts/catalog.ts';
import type { Localized } from '../../lib/contracts/contract.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { categoryPictureKey, pictureKey } from './picture-key.ts';

export type PicturePlace = { readonly path: string; readonly color: string };
type PicturePlaces = ReadonlyMap<string, PicturePlace>;

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** Offers of `s.id` in sessions that have not ended, earliest first. */
const OFFERS = `coalesce((
  select jsonb_agg(jsonb_build_object(
      'sessionId', v.id, 'startsAt', ${epochMs('v.starts_at')}, 'endsAt', ${epochMs('v.ends_at')},
      'priceFen', i.price_fen, 'limitPerPerson', i.limit_per_person, 'tiers', i.tiers,
      'allowsPromotions', v.allows_promotions,
      'crossedOutFen', case when i.crossed_out_fen > i.price_fen then i.crossed_out_fen end)
    order by v.starts_at, v.id)
  from session_item i join sale_session v on v.id = i.session_id
  where i.sku_id = s.id and v.ends_at > now()), '[]')`;

const SKUS = `coalesce((
  select jsonb_agg(jsonb_build_object(
      'id', s.id, 'code', s.code, 'choice', s.choice, 'priceFen', s.price_fen,
      'listPriceFen', s.list_price_fen, 'listPriceBasis', s.list_price_basis,
      'limitPerPerson', s.limit_per_person, 'shelf', s.shelf, 'slot', s.slot, 'offers', ${OFFERS})
    order by s.sort, s.id)
  from sku s where s.product_handle = p.handle and s.is_listed), '[]')`;

/** What the last publish made for this product, by key; the two languages and the order are put on in TypeScript. */
const PUBLISHED = `coalesce((
  select jsonb_object_agg(x.key, jsonb_build_object('path', x.path, 'color', x.color))
  from picture x
  where x.key = any(array(select p.handle || '-' || n from generate_series(1, greatest(1, jsonb_array_length(p.pictures))) n))), '{}')`;

const PRODUCT = `p.handle, p.category_id as "categoryId", p.title, p.subtitle, p.description, p.attributes, p.options,
  jsonb_array_length(p.pictures) as "pictureCount", ${SKUS} as skus`;

type ProductRow = Omit<Product, 'pictures'> & {
  pictureCount: number;
  skus: Sku[];
  published?: Record<string, PicturePlace>;
};

function altOf(title: Localized, number: number): Localized {
  return number === 1 ? title : { zh: `${title.zh}（图 ${number}）`, en: `${title.en} (picture ${number})` };
}

function toProduct({ pictureCount, published, ...row }: ProductRow, places: PicturePlaces): Product {
  const pictures: Picture[] = [];
  // A product without pictures of its own has one: the quiet plate.
  for (let number = 1; number <= Math.max(1, pictureCount); number += 1) {
    const place = places.get(pictureKey(row.handle, number));
    if (place) pictures.push({ ...place, alt: altOf(row.title, number) });
  }
  return { ...row, pictures };
}

function withPublished(row: ProductRow): Product {
  return toProduct(row, new Map(Object.entries(row.published ?? {})));
}

/** Sessions that have not ended, with their listed products in the order shown. */
const SESSIONS = `select v.id, v.name, ${epochMs('v.starts_at')} as "startsAt", ${epochMs('v.ends_at')} as "endsAt",
    array(select s.product_handle from session_item i
            join sku s on s.id = i.sku_id and s.is_listed
            join product p on p.handle = s.product_handle and p.is_listed
           where i.session_id = v.id
           group by s.product_handle order by min(i.sort), s.product_handle) as products
  from sale_session v where v.ends_at > now() order by v.starts_at, v.id`;

/**
 * All that pages are built from, as one picture of one moment; `pictures` is what `renderPictures` answered, `previews`
 * what `renderPreviews` did.
 *
 * @throws when there is no festival: a shop cannot be published before one is loaded.
 */
export async function readCatalogue(
  db: Database,
  pictures: PicturePlaces,
  previews: PicturePlaces = new Map(),
): Promise<Catalogue> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const [festival] = await tx.query<{ id: string; name: Localized; isDemo: boolean; now: number }>(
      `select id, name, is_demo as "isDemo", ${epochMs('now()')} as now from festival order by created_at desc limit 1`,
    );
    if (!festival) throw new Error('There is no festival to publish: load the demo or import a catalogue first.');
    const categories = await tx.query<{ id: string; name: Localized }>(
      `select id, name from category c
        where exists (select 1 from product p where p.category_id = c.id and p.is_listed) order by sort, id`,
    );
    const sessions = await tx.query<Session>(SESSIONS);
    const products = await tx.query<ProductRow>(
      `select ${PRODUCT} from product p join category c on c.id = p.category_id
        where p.is_listed order by c.sort, c.id, p.sort, p.handle`,
    );
    const pictureOf = ({ id, name }: { id: string; name: Localized }): Category => {
      const place = pictures.get(categoryPictureKey(id));
      return { id, name, picture: place ? { ...place, alt: name } : null };
    };
    return {
      publishedAt: festival.now,
      festival: { id: festival.id, name: festival.name, isDemo: festival.isDemo },
      categories: categories.map(pictureOf),
      sessions,
      // A product whose SKUs are all unlisted has nothing to buy and no page.
      products: products.filter(({ skus }) => skus.length > 0).map((row) => toProduct(row, pictures)),
      previews: Object.fromEntries([...previews].map(([key, { path }]) => [key, path])),
    };
  });
}

/** Keeps what a publish made, so that answers of the API name the same pictures as the pages. */
export async function keepPictures(db: Queryable, pictures: PicturePlaces): Promise<void> {
  const all = [...pictures];
  await db.query(
    `insert into picture (key, path, color)
     select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict (key) do update set path = excluded.path, color = excluded.color, published_at = now()`,
    [all.map(([key]) => key), all.map(([, { path }]) => path), all.map(([, { color }]) => color)],
  );
}

/** One listed product as it is now, or null. */
export async function readProduct(db: Queryable, handle: string): Promise<{ now: number; product: Product } | null> {
  const [row] = await db.query<ProductRow & { now: number }>(
    `select ${epochMs('now()')} as now, ${PRODUCT}, ${PUBLISHED} as published
       from product p where p.handle = $1 and p.is_listed`,
    [handle],
  );
  if (!row || row.skus.length === 0) return null;
  const { now, ...product } = row;
  return { now, product: withPublished(product) };
}

/** The listed products that hold these SKUs; unknown ids are left out. */
export async function readProductsBySku(
  db: Queryable,
  skuIds: readonly string[],
): Promise<{ now: number; products: Product[] }> {
  const [row] = await db.query<{ now: number; products: ProductRow[] }>(
    `select ${epochMs('now()')} as now, coalesce((
        select jsonb_agg(to_jsonb(found)) from (
          select ${PRODUCT}, ${PUBLISHED} as published from product p
           where p.is_listed and p.handle in (select product_handle from sku where id = any($1) and is_listed)
           order by p.handle) found), '[]') as products`,
    [skuIds],
  );
  return { now: row?.now ?? 0, products: (row?.products ?? []).map(withPublished) };
}

export type Venue = {
  now: number;
  sessions: Session[];
  skus: Record<string, { priceFen: number; offers: Offer[] }>;
};

/** Sessions that have not ended and what they say of each of their SKUs. */
export async function readVenue(db: Queryable): Promise<Venue> {
  const [row] = await db.query<Venue>(
    `select ${epochMs('now()')} as now,
       coalesce((select jsonb_agg(to_jsonb(session)) from (${SESSIONS}) session), '[]') as sessions,
       coalesce((
         select jsonb_object_agg(s.id, jsonb_build_object('priceFen', s.price_fen, 'offers', ${OFFERS}))
           from sku s join product p on p.handle = s.product_handle and p.is_listed
          where s.is_listed and s.id in (
            select i.sku_id from session_item i join sale_session v on v.id = i.session_id
             where v.ends_at > now())), '{}') as skus`,
  );
  return row ?? { now: 0, sessions: [], skus: {} };
}
