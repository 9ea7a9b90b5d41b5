import type { RiskAction, RiskMechanic, RiskMode } from '../../lib/domain/risk/risk.ts';
import { RISK_RULES } from '../../lib/domain/risk/rules.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { IS_GATE_CLOSED } from './gate.ts';
import type { RewardAsk } from './port.ts';

/** A request with all that is known of it without asking the database's tables of people. */
export type Prepared = Pick<RewardAsk, 'mechanic' | 'command' | 'campaignId' | 'shopperId' | 'key'> & {
  readonly invitedBy: string | null;
  readonly sharedAt: number | null;
  readonly openedAt: number | null;
  /** Keyed hashes; null: none. */
  readonly device: string | null;
  readonly deviceSeenAt: number | null;
  readonly cluster: string | null;
  readonly session: string | null;
  readonly taps: readonly number[];
  readonly hasWorked: boolean;
  /** Only its score is wanted: nothing is written. */
  readonly isDry: boolean;
};

export type EarlierDecision = {
  readonly id: string;
  readonly action: Exclude<RiskAction, 'allow'>;
  readonly state: 'standing' | 'freed' | 'refused';
  readonly holdUntil: number | null;
  readonly reasons: string[];
  readonly isAppealed: boolean;
};

export type Use = { readonly n: number; readonly last: number; readonly isAmong: boolean };
type UseRow = Use & {
  readonly campaign: string;
  readonly kind: string;
  readonly subject: string;
  readonly who: string;
};
export type AboutPerson = { readonly madeAt: number; readonly isVerified: boolean; readonly isBanned: boolean };

const SETTINGS = `
  select ${epochMs('clock_timestamp()')} as now, ${IS_GATE_CLOSED} as "isGateClosed",
    coalesce((select jsonb_object_agg(mechanic, mode) from risk_mode), '{}') as modes,
    coalesce((select jsonb_object_agg(code, is_shadow) from risk_rule), '{}') as shadows`;

// Laterals with a limit: whatever the tables' sizes are when these are planned, each person is looked up by his index.
const PEOPLE = `
  select k.id, p.* from unnest($1::text[]) k (id) cross join lateral (
    select ${epochMs('created_at')} as "madeAt", coalesce(phone_number_verified, false) as "isVerified",
      coalesce(banned, false) as "isBanned"
    from person where person.id = k.id limit 1) p`;

const EARLIER = `
  select k.shopper_id as who, k.command, k.key, d.* from unnest($1::text[], $2::text[], $3::uuid[]) k (shopper_id, command, key)
  cross join lateral (
    select id, action, state, ${epochMs('hold_until')} as "holdUntil", reasons,
      exists (select 1 from risk_appeal a where a.decision_id = risk_decision.id) as "isAppealed"
    from risk_decision where shopper_id = k.shopper_id and command = k.command and key = k.key limit 1) d`;

const GRANTS = `
  select k.who, k.campaign, k.session,
    exists (select 1 from risk_exempt where shopper_id = k.who and campaign_id = k.campaign) as "isExempt",
    exists (select 1 from risk_pass where shopper_id = k.who and session = k.session and until > now()) as "hasPass"
  from unnest($1::text[], $2::text[], $3::text[]) k (who, campaign, session)`;

/** Of the accounts that somebody pays by, the one that most people share. */
const PAYERS = `
  select k.who, o.payer, o.people from unnest($1::text[]) k (who) cross join lateral (
    select p.payer, (select count(*)::integer from risk_payer s where s.payer = p.payer) as people
    from risk_payer p where p.shopper_id = k.who order by 2 desc, 1 limit 1) o`;

const COUPONS = `
  select k.who, k.campaign, c.n from unnest($1::text[], $2::text[]) k (who, campaign) cross join lateral (
    select count(*)::integer as n from coupon where template_id = k.campaign and shopper_id = k.who) c where c.n > 0`;

const ADDRESSES = `
  select cluster,
    round(coalesce(sum(people) filter (where hour = date_trunc('hour', now())), 0) +
      coalesce(sum(people) filter (where hour = date_trunc('hour', now()) - interval '1 hour'), 0)
        * (3600 - extract(epoch from now() - date_trunc('hour', now()))) / 3600)::integer as hour,
    sum(people)::integer as day
  from risk_address where cluster = any ($1::text[]) and hour > now() - interval '1 day' group by 1`;

const CIRCLE_MAX = 60;
/** A burnt account starts anew with an empty circle: whom his device and his payers are shared with is he himself here. */
const CIRCLES = `
  select k.who, n.people, n.among from unnest($1::text[], $2::text[]) k (who, device) cross join lateral (
    with self as materialized (
      select k.who as id
      union (select s.shopper_id from risk_payer p join risk_payer s on s.payer = p.payer
             where p.shopper_id = k.who limit ${CIRCLE_MAX})
      union (select shopper_id from risk_use where kind = 'device' and subject = k.device limit ${CIRCLE_MAX})
    ), near as materialized (
      select id as other from self where id <> k.who
      union (select t.b from self s join risk_tie t on t.a = s.id where t.b <> k.who limit ${CIRCLE_MAX})
      union (select t.a from self s join risk_tie t on t.b = s.id where t.a <> k.who limit ${CIRCLE_MAX})
    )
    select (select count(*)::integer from near) as people, (
      select count(*)::integer from near x join risk_tie t on t.a = x.other
      where t.b in (select other from near)) as among
  ) n where n.people > 0`;

const USES = `
  select k.campaign, k.kind, k.subject, k.who, u.n, u.last, u."isAmong"
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) k (campaign, kind, subject, who) cross join lateral (
    select count(*)::integer as n, coalesce(max(number), 0) as last, coalesce(bool_or(shopper_id = k.who), false) as "isAmong"
    from risk_use where campaign_id = k.campaign and kind = k.kind and subject = k.subject) u`;

const MARKS = `
  select k.campaign, k.kind, k.subject from unnest($1::text[], $2::text[], $3::text[]) k (campaign, kind, subject)
  where exists (select 1 from risk_mark where campaign_id = k.campaign and kind = k.kind and subject = k.subject)`;

export const pairKey = (one: string, other: string) => `${one}|${other}`;
export const placeKey = (campaign: string, kind: string, subject: string, who: string) =>
  `${campaign}|${kind}|${subject}|${who}`;

export type Books = Awaited<ReturnType<typeof readBooks>>;

/** Reads all that deciding about these requests looks at, in two rounds. */
export async function readBooks(tx: Queryable, asks: readonly Prepared[]) {
  const whos = [...new Set(asks.map(({ shopperId }) => shopperId))];
  const clusters = [...new Set(asks.flatMap(({ cluster }) => cluster ?? []))];
  // Whoever claims a coupon helps nobody, and its template has a limit per person of its own.
  const social = asks.filter(({ mechanic }) => mechanic !== 'coupon');
  const [[settings], people, earlier, grants, payers, coupons, addresses, circles] = await Promise.all([
    tx.query<{
      now: number;
      isGateClosed: boolean;
      modes: Partial<Record<RiskMechanic, RiskMode>>;
      shadows: Record<string, boolean>;
    }>(SETTINGS),
    tx.query<AboutPerson & { id: string }>(PEOPLE, [whos]),
    tx.query<EarlierDecision & { who: string; command: string; key: string }>(EARLIER, [
      asks.map(({ shopperId }) => shopperId),
      asks.map(({ command }) => command),
      asks.map(({ key }) => key),
    ]),
    tx.query<{ who: string; campaign: string; session: string | null; isExempt: boolean; hasPass: boolean }>(GRANTS, [
      asks.map(({ shopperId }) => shopperId),
      asks.map(({ campaignId }) => campaignId),
      asks.map(({ session }) => session),
    ]),
    tx.query<{ who: string; payer: string; people: number }>(PAYERS, [whos]),
    social.length > 0
      ? tx.query<{ who: string; campaign: string; n: number }>(COUPONS, [
          social.map(({ shopperId }) => shopperId),
          social.map(({ campaignId }) => campaignId),
        ])
      : [],
    clusters.length > 0 ? tx.query<{ cluster: string; hour: number; day: number }>(ADDRESSES, [clusters]) : [],
    social.length > 0
      ? tx.query<{ who: string; people: number; among: number }>(CIRCLES, [
          social.map(({ shopperId }) => shopperId),
          social.map(({ device }) => device),
        ])
      : [],
  ]);
  const payer = new Map(payers.map((row) => [row.who, row]));
  const subjects = asks.flatMap(({ campaignId, shopperId, device }) => {
    const account = payer.get(shopperId)?.payer;
    const of = (kind: 'device' | 'payout', subject: string) => ({
      campaign: campaignId,
      kind,
      subject,
      who: shopperId,
    });
    return [...(device ? [of('device', device)] : []), ...(account ? [of('payout', account)] : [])];
  });
  const columns = [
    subjects.map(({ campaign }) => campaign),
    subjects.map(({ kind }) => kind),
    subjects.map(({ subject }) => subject),
  ];
  const [uses, marks] =
    subjects.length === 0
      ? [[], []]
      : await Promise.all([
          tx.query<UseRow>(USES, [...columns, subjects.map(({ who }) => who)]),
          tx.query<{ campaign: string; kind: string; subject: string }>(MARKS, columns),
        ]);
  const shadows = settings?.shadows ?? {};
  return {
    now: settings?.now ?? 0,
    // What cannot be read cannot be relied on.
    isGateClosed: settings?.isGateClosed ?? true,
    modes: settings?.modes ?? {},
    rules: RISK_RULES.map((rule) => ({ ...rule, isShadow: shadows[rule.code] ?? rule.isShadow })),
    people: new Map(people.map((row) => [row.id, row])),
    earlier: new Map(earlier.map((row) => [`${row.who}|${row.command}|${row.key}`, row])),
    grants: new Map(grants.map((row) => [`${row.who}|${row.campaign}|${row.session ?? ''}`, row])),
    payer,
    coupons: new Map(coupons.map((row) => [pairKey(row.who, row.campaign), row.n])),
    addresses: new Map(addresses.map((row) => [row.cluster, row])),
    circles: new Map(circles.map((row) => [row.who, row])),
    uses: new Map(uses.map((row) => [placeKey(row.campaign, row.kind, row.subject, row.who), row])),
    marks: new Set(marks.map((row) => `${row.campaign}|${row.kind}|${row.subject}`)),
  };
}
