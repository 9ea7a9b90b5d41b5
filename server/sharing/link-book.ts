import type { LinkedPage } from '../../lib/domain/sharing/linked-page.ts';
import { isShareCode, ownLanding } from '../../lib/domain/sharing/share-link.ts';
import { pictureKey } from '../catalog/picture-key.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { readPageCards } from './page-cards.ts';

type Localized = { readonly zh: string; readonly en: string };

/** What the card of a link shows of its page; null where the page is no product's. */
export type LinkCard = {
  readonly title: Localized;
  readonly subtitle: Localized;
  readonly picturePath: string | null;
  /** The lowest ordinary price of what is for sale, fen; null when nothing is. */
  readonly priceFen: number | null;
};

/** What the card of a link shows of a page that is no product’s. */
export type PageCard = {
  readonly kind: LinkedPage['kind'];
  /** Of a category or a session; null of others, and where there is none of that id any more. */
  readonly name: Localized | null;
  /** Of a session, epoch ms. */
  readonly startsAt: number | null;
  /** As a publish made them: `${path}-1200.jpg`, `${path}-300.jpg`; null before the first. */
  readonly preview: { readonly zh: string | null; readonly en: string | null };
};

export type KnownLink = {
  readonly id: number;
  readonly code: string;
  readonly campaignId: string;
  /** Links above it. */
  readonly depth: number;
  readonly landing: string;
  readonly channel: string | null;
  readonly utmSource: string | null;
  readonly utmMedium: string | null;
  /** On the database's clock. */
  readonly state: 'open' | 'expired' | 'stopped' | 'loop';
  readonly card: LinkCard | null;
  /** Where there is no `card`. */
  readonly page: PageCard | null;
};

type Row = Omit<KnownLink, 'state' | 'card' | 'page'> & { readonly isExpired: boolean; readonly isStopped: boolean };
type CardRow = LinkCard & { readonly handle: string };

const READ_LINKS = `
  select id, code, campaign_id as "campaignId", depth, landing, channel, utm_source as "utmSource", utm_medium as "utmMedium",
    coalesce(expires_at <= now(), false) as "isExpired", stopped_at is not null as "isStopped"
  from share_link where code = any ($1::text[])`;

const READ_CARDS = `
  select p.handle, p.title, p.subtitle, f.path as "picturePath",
    (select min(price_fen) from sku where product_handle = p.handle and is_listed) as "priceFen"
  from unnest($1::text[], $2::text[]) w (handle, key) join product p on p.handle = w.handle and p.is_listed
  left join picture f on f.key = w.key`;

const handleOf = (landing: string): string | null =>
  landing.match(/^(?:\/en)?\/p\/([A-Za-z0-9_.:-]{1,64})(?:\?|$)/)?.[1] ?? null;

/** @throws when the database is away */
async function readLinks(db: Database, codes: readonly string[]): Promise<Map<string, KnownLink>> {
  const rows = await db.query<Row>(READ_LINKS, [codes]);
  const handles = [...new Set(rows.flatMap(({ landing }) => handleOf(landing) ?? []))];
  const cards =
    handles.length === 0
      ? []
      : await db.query<CardRow>(READ_CARDS, [handles, handles.map((handle) => pictureKey(handle, 1))]);
  const byHandle = new Map(cards.map(({ handle, ...card }) => [handle, card]));
  const others = rows.map(({ landing }) => landing).filter((landing) => !byHandle.has(handleOf(landing) ?? ''));
  const pages = await readPageCards(db, others);
  return new Map(
    rows.map(({ isExpired, isStopped, ...row }) => {
      // Written when other rules held, or by another hand: looked at again before anybody is sent there.
      const isOurs = ownLanding(row.landing) === row.landing;
      const state = isStopped ? 'stopped' : isExpired ? 'expired' : isOurs ? 'open' : 'loop';
      const card = byHandle.get(handleOf(row.landing) ?? '') ?? null;
      return [row.code, { ...row, state, card, page: pages.get(row.landing) ?? null }];
    }),
  );
}

/** Too many codes that no edge remembers are asked for at once. */
export class LookupsFull extends Error {}

type Remembered<Page> = { readonly link: KnownLink | null; readonly pages: Map<string, Page>; readonly until: number };

/**
 * Links by their codes, remembered for ten seconds, also those that do not exist. What is asked for at the same moment is
 * read by one query, so that a crowd of unknown codes is one reader of the database, not thousands. `Page`: what the
 * caller makes of a link and wants to keep beside it.
 */
export function openLinkBook<Page>(db: Database, limits: typeof LIMITS.sharing = LIMITS.sharing) {
  const remembered = new Map<string, Remembered<Page>>();
  let wanted = new Map<string, ((link: Map<string, KnownLink> | Error) => void)[]>();
  let waiting = 0;
  let isReading = false;

  function keep(code: string, link: KnownLink | null): Remembered<Page> {
    const kept = { link, pages: new Map<string, Page>(), until: performance.now() + limits.rememberMs };
    remembered.delete(code);
    remembered.set(code, kept);
    for (const [oldest] of remembered) {
      if (remembered.size <= limits.rememberedMax) break;
      remembered.delete(oldest);
    }
    return kept;
  }

  async function read(): Promise<void> {
    isReading = true;
    while (wanted.size > 0) {
      const asked = wanted;
      wanted = new Map();
      const answer = await readLinks(db, [...asked.keys()]).catch((error: Error) => error);
      for (const tell of [...asked.values()].flat()) tell(answer);
    }
    isReading = false;
  }

  return {
    /** What is remembered of a code; undefined when the database has to be asked. */
    remembered(code: string): Remembered<Page> | undefined {
      if (!isShareCode(code)) return { link: null, pages: new Map(), until: 0 };
      const kept = remembered.get(code);
      return kept && kept.until > performance.now() ? kept : undefined;
    },

    /** @throws LookupsFull; and when the database is away */
    async find(code: string): Promise<Remembered<Page>> {
      const known = this.remembered(code);
      if (known) return known;
      if (waiting >= limits.lookupsMax) throw new LookupsFull();
      waiting += 1;
      const found = new Promise<Map<string, KnownLink> | Error>((resolve) => {
        wanted.set(code, [...(wanted.get(code) ?? []), resolve]);
      });
      if (!isReading) void read();
      const links = await found;
      waiting -= 1;
      if (links instanceof Error) throw links;
      return this.remembered(code) ?? keep(code, links.get(code) ?? null);
    },

    /** The next question asks the database: after a link was stopped by this edge. */
    forget: (code: string): void => void remembered.delete(code),
  };
}

export type LinkBook<Page> = ReturnType<typeof openLinkBook<Page>>;
