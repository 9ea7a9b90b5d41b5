import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { studioModels } from '../../lib/contracts/studio-figures.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { creditTouches, MODELS, type Model, markovFacts } from '../../lib/domain/sharing/attribution.ts';
import type { Touch } from '../../lib/domain/sharing/chain.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { readWalks } from './walks.ts';

type Row = {
  readonly creditId: number;
  readonly orderFen: number;
  readonly placedAt: number;
  readonly visitId: number;
  readonly linkId: number;
  readonly code: string;
  readonly sharer: string;
  readonly at: number;
};

/** Credits that are looked at: the newest, when there are more. */
const CREDITS_MAX = 20_000;

const READ = `
  select c.id as "creditId", c.order_fen as "orderFen", ${epochMs('o.placed_at')} as "placedAt", t.visit_id as "visitId",
    t.link_id as "linkId", l.code, coalesce(l.sharer_id, 'shop') as sharer, ${epochMs('t.at')} as at
  from (select * from share_credit where campaign_id = $1 and state in ('qualified', 'vested')
        order by id desc limit ${CREDITS_MAX}) c
  join orders o on o.id = c.order_id join share_credit_touch t on t.credit_id = c.id join share_link l on l.id = t.link_id
  order by c.id, t.place`;

/**
 * A campaign's credited orders by every model, from the touches that were stored with them: what a change of the model
 * would say. Nothing is written.
 */
export async function compareModels(db: Database, campaignId: string): Promise<AnswerOf<typeof studioModels>> {
  const [campaign] = await db.query<{ model: Model }>('select model from share_campaign where id = $1', [campaignId]);
  if (!campaign) return refuse({ code: 'unknown_campaign' });
  const [rows, walks] = await Promise.all([db.query<Row>(READ, [campaignId]), readWalks(db, campaignId)]);
  const byCredit = Map.groupBy(rows, ({ creditId }) => creditId);
  const codes = new Map(rows.map(({ linkId, code }) => [linkId, code]));
  const sharers = new Map(rows.map(({ linkId, sharer }) => [linkId, sharer]));
  const markov = markovFacts(walks, ({ linkId }) => sharers.get(linkId) ?? 'shop');
  const models = MODELS.map((model) => {
    const fen = new Map<string, number>();
    for (const touched of byCredit.values()) {
      const [first] = touched;
      if (!first) continue;
      const touches = touched.map(
        ({ visitId, linkId, at }): Touch => ({ visitId, linkId, visitorId: '', at: toEpochMs(at) }),
      );
      const order = { placedAt: toEpochMs(first.placedAt), fen: first.orderFen };
      for (const part of creditTouches(model, touches, order, markov)) {
        const code = codes.get(part.linkId) ?? '';
        fen.set(code, (fen.get(code) ?? 0) + part.fen);
      }
    }
    const links = [...fen].map(([code, amount]) => ({ code, fen: amount })).filter((link) => link.fen > 0);
    return { model, links: links.toSorted((a, b) => b.fen - a.fen || a.code.localeCompare(b.code, 'en')) };
  });
  return accept({ counted: campaign.model, models });
}
