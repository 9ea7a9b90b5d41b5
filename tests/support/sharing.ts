import { randomUUID } from 'node:crypto';
import { shareLink } from '../../lib/contracts/share.ts';
import { CAME_BY } from '../../lib/domain/sharing/share-link.ts';
import type { Database } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { makeShareCode } from '../../server/sharing/codes.ts';
import { type Hit, openVisitRecorder, type RecorderLimits } from '../../server/sharing/visit-recorder.ts';
import type { Edge } from './edge.ts';

/** What phones send: a person’s browser on Android. */
export const PHONE_AGENT =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

export type TestLink = Hit['link'] & { readonly code: string };

/** A link, in a campaign that is made when it is not there. */
export async function putLink(
  db: Database,
  given: {
    campaignId?: string;
    landing?: string;
    sharerId?: string | null;
    visitorId?: string | null;
    parent?: { id: number; visitId: number };
    model?: string;
  } = {},
): Promise<TestLink> {
  const { campaignId = 'everyday', landing = '/', sharerId = null, visitorId = null, parent, model = 'last' } = given;
  await db.query(
    `insert into share_campaign (id, name, model, made_by) values ($1, '{"zh":"试","en":"Test"}', $2, 'test')
     on conflict do nothing`,
    [campaignId, model],
  );
  const [row] = await db.query<TestLink>(
    `insert into share_link (id, code, campaign_id, parent_id, parent_visit_id, root_id, depth, sharer_id, visitor_id, landing)
     select f.id, $1, $2, $3, $4, coalesce((select root_id from share_link where id = $3), f.id),
       coalesce((select depth + 1 from share_link where id = $3), 0), $5, $6, $7
     from (select nextval('share_link_id_seq') as id) f returning id, code, campaign_id as "campaignId", depth`,
    [makeShareCode(), campaignId, parent?.id ?? null, parent?.visitId ?? null, sharerId, visitorId, landing],
  );
  if (!row) throw new Error('A link that was made and is not there');
  if (parent) await db.query('update share_link set children = children + 1 where id = $1', [parent.id]);
  return row;
}

/** A recorder that writes only when it is told to. */
export function testRecorder(db: Database, limits: Partial<RecorderLimits> = {}) {
  return openVisitRecorder({ db, log: openLog('silent'), limits: { flushEveryMs: 600_000, ...limits } });
}

export type HitFacts = Partial<Omit<Hit, 'address' | 'from'>> & { address?: string; channel?: string; source?: string };

export const hitOn = (
  { id, campaignId, depth }: Hit['link'],
  { address, channel, source, ...more }: HitFacts = {},
): Hit => ({
  link: { id, campaignId, depth },
  visitorId: randomUUID(),
  isNewcomer: false,
  address: () => address ?? '203.0.113.9',
  userAgent: PHONE_AGENT,
  from: () => ({ channel: channel ?? 'direct', source: source ?? null }),
  ...more,
});

/** What a phone's browser does with a link: opens it, goes where it leads. */
export async function openShared(
  browser: ReturnType<Edge['browser']>,
  code: string,
  headers: Record<string, string> = {},
) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await browser.app.inject({
    method: 'GET',
    url: `/s/${code}`,
    headers: { 'user-agent': PHONE_AGENT, ...browser.headers, ...headers, ...(cookie ? { cookie } : {}) },
  });
  for (const header of [response.headers['set-cookie'] ?? []].flat()) {
    const [pair = ''] = header.split('; ');
    browser.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  const target = response.body.match(/id="go" rel="nofollow" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&') ?? null;
  const by = target === null ? null : new URL(target, 'https://own.invalid').searchParams.get(CAME_BY);
  return { response, target, by, visitorId: browser.cookies.get('festa_visitor') ?? null };
}

/** Somebody's browser touches a link; `personId`: who is signed in there. Answers the visit. */
export async function touchLink(
  db: Database,
  linkId: number,
  visitorId: string,
  personId: string | null = null,
): Promise<number> {
  const recorder = testRecorder(db);
  recorder.touch(
    { link_id: linkId, visitor_id: visitorId, person_id: personId, channel: 'direct', source: null },
    PHONE_AGENT,
  );
  await recorder.drain();
  const [visit] = await db.query<{ id: number }>(
    'select id from share_visit where link_id = $1 and visitor_id = $2 order by at desc limit 1',
    [linkId, visitorId],
  );
  if (!visit) throw new Error('A touch that was written and is not there');
  return visit.id;
}

export const creditOf = async (db: Database, personId: string) =>
  (
    await db.query<{
      state: string;
      order_id: string | null;
      order_fen: number | null;
      vested_fen: number | null;
      links: number[];
    }>(
      `select state, order_id, order_fen, vested_fen, array(
         select link_id::integer from share_credit_touch t where t.credit_id = c.id and weight_ppm > 0 order by place) as links
       from share_credit c where person_id = $1 order by order_id nulls last, id`,
      [personId],
    )
  )[0];

/** Lets days pass for an order that has arrived: its return window is over. */
export async function completeOrder(db: Database, orderId: string): Promise<void> {
  const states = ['packed', 'shipped', 'received', 'completed'];
  await db.query(
    `update orders set state = 'completed', shipped_at = now(), received_at = now(), sequence = sequence + 4 where id = $1`,
    [orderId],
  );
  await db.query(
    `insert into order_log (order_id, step, from_state, to_state, actor)
     select $1, (select max(step) from order_log where order_id = $1) + n, f, t, 'worker'
     from unnest($2::text[], $3::text[]) with ordinality x (f, t, n)`,
    [orderId, ['paid', ...states.slice(0, -1)], states],
  );
}

/** What is booked of a link, when what waits at this edge has been written. */
export async function countedOn(edge: Edge, linkId: number) {
  // A command of anybody's writes down what waits.
  await edge.browser({ 'user-agent': PHONE_AGENT }).call(shareLink, { key: randomUUID(), path: '/' });
  const [row] = await edge.db.query<{ visits: number; opens: number; visitors: number; touched: number }>(
    `select (select count(*) from share_visit where link_id = $1) as visits, coalesce(sum(opens), 0)::integer as opens,
       coalesce(sum(visitors), 0)::integer as visitors, coalesce(sum(touched), 0)::integer as touched from share_tally where link_id = $1`,
    [linkId],
  );
  return row;
}
