import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  OpsPacketCampaign,
  opsApprovePacketCampaign,
  opsLiftPacketCampaign,
  opsPacketsRead,
  opsPublishPacketCampaign,
  opsSavePacketCampaign,
  opsStopPacketCampaign,
} from '../../lib/contracts/ops-packet.ts';
import type { Campaign } from '../../lib/domain/law/campaign.ts';
import { changeFaults } from '../../lib/domain/law/time-law.ts';
import { packetCampaignOf, packetSettingsFault } from '../../lib/domain/packet/campaign.ts';
import type { PacketCampaign, PacketSettings } from '../../lib/domain/packet/packet.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { publishPacketCampaign } from '../packet/campaign-rows.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { audit } from './audit.ts';
import { discardDraft, lockDraft, openCampaigns, writeDraft } from './drafts.ts';
import { unlawful, unlawfulNow } from './law-facts.ts';
import { operatorActor } from './orders.ts';
import { unknownIn } from './promotions.ts';
import { approveTemplate, inForceFrom, liftPause, nameOf, PAUSE, RAISE, STATE, stopTemplate } from './templates.ts';

type Listed = ValueOf<typeof opsPacketsRead>;
type Row = Omit<OpsPacketCampaign, keyof PacketCampaign | 'faults'> & {
  id: string;
  settings: PacketSettings;
  frozen: string | null;
};
const SHOWN_MAX = 200;
const TABLE = 'packet_campaign';

const CAMPAIGNS = `
  select g.id, g.settings, g.frozen, g.hash, coalesce(t.withdrawn_at is not null, false) as "isWithdrawn",
    ${epochMs('t.valid_from')} as "validFrom", ${nameOf('g.made_by')} as "madeBy",
    $1 in (g.made_by, coalesce(t.published_by, g.made_by)) as "isOwn", ${STATE} as state, ${PAUSE} as pause,
    ${RAISE} as raise, coalesce(a.left_fen + a.reserved_fen + a.spent_fen, (g.settings ->> 'budgetFen')::bigint) as "budgetFen",
    jsonb_build_object('issued', jsonb_build_array(m.first, m.second, m.third),
      'growing', m.growing, 'full', m."full", 'locked', m.locked, 'used', m.used, 'expired', m.expired,
      'withdrawn', m.withdrawn, 'pending', m.visits - m.vested - m.lapsed, 'vested', m.vested, 'lapsed', m.lapsed,
      'grownFen', m.grown_fen,
      'leftFen', coalesce(a.left_fen, (g.settings ->> 'budgetFen')::bigint), 'reservedFen', coalesce(a.reserved_fen, 0),
      'spentFen', coalesce(a.spent_fen, 0),
      'exposureFen', coalesce(a.reserved_fen, 0) + case when t.stopped_at is not null or t.claim_until <= now() then 0
        else coalesce(a.left_fen, (g.settings ->> 'budgetFen')::bigint) end) as figures
  from packet_campaign g
  left join coupon_template t on t.id = g.id
  left join coupon_account a on a.template_id = g.id
  cross join lateral (
    select count(*) filter (where p.generation = 1) as first, count(*) filter (where p.generation = 2) as second,
      count(*) filter (where p.generation = 3) as third,
      count(*) filter (where c.state = 'usable' and x.fen < c.own_worst_fen) as growing,
      count(*) filter (where c.state = 'usable' and x.fen >= c.own_worst_fen) as "full",
      count(*) filter (where c.state = 'locked') as locked, count(*) filter (where c.state = 'used') as used,
      count(*) filter (where c.state = 'expired') as expired, count(*) filter (where c.state = 'void') as withdrawn,
      coalesce(sum(p.visits), 0)::integer as visits, coalesce(sum(p.vested), 0)::integer as vested,
      coalesce(sum(p.lapsed), 0)::integer as lapsed,
      coalesce(sum(x.fen - (c.growth ->> 'baseFen')::bigint), 0)::bigint as grown_fen
    from packet p join coupon c on c.id = p.id
    cross join lateral (select (c.own_rule ->> 'cutFen')::bigint as fen) x
    where p.campaign_id = g.id
  ) m
  where g.discarded_at is null
  order by g.created_at desc, g.id limit ${SHOWN_MAX}`;

/** An owner is rewarded for those whom he has brought himself, for their visit and not for what they buy or bring. */
const REWARD = { by: 'visit', levels: 1, entryFen: 0 } as const;

const asLawSees = (campaign: PacketCampaign): Campaign => ({ kind: 'packet', reward: REWARD, ...campaign });

/** All packet campaigns as this operator sees them, newest first; drafts with what the law has against them. */
export async function listPackets(db: Queryable, personId: string): Promise<Listed> {
  const now = await databaseNow(db);
  const rows = await db.query<Row>(CAMPAIGNS, [operatorActor(personId)]);
  const campaigns: OpsPacketCampaign[] = [];
  for (const { settings, frozen, ...row } of rows) {
    const campaign = frozen === null ? packetCampaignOf(row.id, settings) : (JSON.parse(frozen) as PacketCampaign);
    const against = frozen === null ? await unlawfulNow(db, asLawSees(campaign), now) : null;
    campaigns.push({ ...(campaign as OpsPacketCampaign), ...row, faults: against?.refusal.faults ?? [] });
  }
  const categories = await db.query<Listed['categories'][number]>('select id, name from category order by sort, id');
  return { now, campaigns, categories };
}

/** Saves a draft, as a whole; what is published does not change. */
export function savePacketCampaign(
  db: Database,
  wanted: RequestOf<typeof opsSavePacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsSavePacketCampaign>> {
  const { id, ...settings } = wanted;
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const fault = packetSettingsFault(settings, await databaseNow(tx));
    if (fault) return refuse({ code: 'packet_campaign_wrong', fault });
    const unknown = await unknownIn(tx, settings.scope);
    if (unknown !== null) return refuse({ code: 'unknown_scope', id: unknown });
    if (!(await writeDraft(tx, TABLE, { id, settings, actor }))) {
      const published = (await lockDraft<PacketSettings>(tx, TABLE, id))?.frozen ?? null;
      const changed = published
        ? changeFaults(asLawSees(JSON.parse(published) as PacketCampaign), asLawSees(packetCampaignOf(id, settings)))
        : [];
      return unlawful(changed) ?? refuse({ code: 'packet_campaign_published' });
    }
    await audit(tx, { actor, action: 'ops.savePacketCampaign', target: id, detail: { ...wanted } });
    return accept(await listPackets(tx, personId));
  });
}

/** Freezes, hashes and publishes a draft that the law allows, once; its whole budget comes into its account. */
export function publishPackets(
  db: Database,
  { id }: RequestOf<typeof opsPublishPacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsPublishPacketCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    // One at a time: how many run together, and what was offered before, are questions about all of them.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('packet campaigns', 0))`);
    const draft = await lockDraft<PacketSettings>(tx, TABLE, id);
    if (!draft) return refuse({ code: 'not_found' });
    if (draft.isGone) return refuse({ code: 'packet_campaign_over' });
    if (draft.frozen !== null) return accept(await listPackets(tx, personId));
    const now = await databaseNow(tx);
    const fault = packetSettingsFault(draft.settings, now);
    if (fault) return refuse({ code: 'packet_campaign_wrong', fault });
    const against = await unlawfulNow(tx, asLawSees(packetCampaignOf(id, draft.settings)), now);
    if (against) return against;
    const max = LIMITS.packet.openMax;
    if ((await openCampaigns(tx, 'packet')) >= max) return refuse({ code: 'too_many_packet_campaigns', max });
    const mayCostFen = draft.settings.budgetFen;
    const validFrom = await inForceFrom(tx, mayCostFen, now);
    await publishPacketCampaign(tx, { id, by: actor, at: now, validFrom });
    await audit(tx, { actor, action: 'ops.publishPacketCampaign', target: id, detail: { mayCostFen } });
    return accept(await listPackets(tx, personId));
  });
}

/** A second person agrees; who made or published it cannot. */
export function approvePackets(
  db: Database,
  { id }: RequestOf<typeof opsApprovePacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsApprovePacketCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await approveTemplate(tx, { id, kind: 'packet', actor, action: 'ops.approvePacketCampaign' });
    if (agreed.ok) return accept(await listPackets(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'packet_campaign_over' } : agreed.refusal);
  });
}

/** Stops a campaign at once; packets that exist grow on. `withdraw` takes back those that no order holds. */
export function stopPackets(
  db: Database,
  { id, withdraw, reason }: RequestOf<typeof opsStopPacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsStopPacketCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const stopped = await stopTemplate(tx, { id, kind: 'packet', withdraw, actor });
    const done = stopped === 'unknown' ? await discardDraft(tx, TABLE, id, actor) : stopped;
    if (done === 'unknown') return refuse({ code: 'not_found' });
    if (done === 'changed') {
      await audit(tx, { actor, action: 'ops.stopPacketCampaign', target: id, detail: { reason, withdraw } });
    }
    return accept(await listPackets(tx, personId));
  });
}

/** Lets a campaign go on that has stopped by itself. */
export function liftPackets(
  db: Database,
  { id, reason }: RequestOf<typeof opsLiftPacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsLiftPacketCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const lifted = await liftPause(tx, { id, kind: 'packet', reason, actor, action: 'ops.liftPacketCampaign' });
    return lifted.ok ? accept(await listPackets(tx, personId)) : lifted;
  });
}
