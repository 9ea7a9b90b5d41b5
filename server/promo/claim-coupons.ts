import { randomUUID } from 'node:crypto';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { assert } from '../../lib/domain/assert.ts';
import {
  type ClaimableFacts,
  type ClaimCommand,
  type ClaimDecision,
  type ClaimRefusal,
  claimKey,
  settleClaims,
} from '../../lib/domain/promo/settle-claims.ts';
import { type Columns, columnsOf, type RowOf, unnest } from '../platform/columns.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { epochMs, freshOwn } from './coupon-rows.ts';

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly coupon: OwnCoupon; readonly claimsLeft: number; readonly now: number }
  | { readonly kind: 'replay'; readonly couponId: string }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly refusal: ClaimRefusal };

/** Every claim of these templates queues here; it is the only row that claims contest. */
const LOCK = `
  select template_id, total, claimed, left_fen from coupon_account
  where template_id = any ($1::text[]) order by template_id for no key update`;

const READ_TEMPLATES = `
  select id, name, rule, scope, validity, per_person, worst_fen, stopped_at is not null as is_stopped,
    paused_at is not null as is_paused,
    ${epochMs('claim_from')} as claim_from, ${epochMs('claim_until')} as claim_until,
    ${epochMs('valid_from')} as valid_from, ${epochMs('clock_timestamp()')} as now
  from coupon_template where id = any ($1::text[]) and kind = 'claim' and published_at is not null`;

const READ_HELD = `
  select p.shopper_id, p.template_id, c.n
  from unnest($1::text[], $2::text[]) as p (shopper_id, template_id)
  cross join lateral (
    select count(*)::integer as n from coupon where template_id = p.template_id and shopper_id = p.shopper_id
  ) c where c.n > 0`;

const READ_EARLIER = `
  select c.id, c.template_id, c.shopper_id, c.key
  from unnest($1::text[], $2::uuid[]) as k (shopper_id, key)
  cross join lateral (
    select id, template_id, shopper_id, key from coupon where shopper_id = k.shopper_id and key = k.key limit 1
  ) c`;

const COLUMNS = {
  id: 'text',
  template_id: 'text',
  shopper_id: 'text',
  key: 'uuid',
  number: 'integer',
  claimed_at: 'bigint',
  valid_from: 'bigint',
  valid_until: 'bigint',
  reserved_fen: 'bigint',
  hold_id: 'text',
  held_until: 'bigint',
} as const satisfies Columns;

const moment = (column: string) => `to_timestamp(${column} / 1000.0)`;

const WRITE = `
  with given as materialized (
    select * from ${unnest('c', COLUMNS, 1)}
  ), made as (
    insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen,
      hold_id, held_until)
    select id, template_id, shopper_id, key, number, ${moment('claimed_at')}, ${moment('valid_from')},
           ${moment('valid_until')}, reserved_fen, hold_id, ${moment('held_until')} from given
  ), sums as (
    select template_id, count(*)::integer as n, sum(reserved_fen)::bigint as fen from given group by template_id
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
    select template_id, 'left', 'reserved', fen, 'claim', n from sums
  )
  update coupon_account a
  set claimed = a.claimed + s.n, left_fen = a.left_fen - s.fen, reserved_fen = a.reserved_fen + s.fen
  from sums s where a.template_id = s.template_id returning s.n`;

type TemplateRow = Pick<OwnCoupon, 'name' | 'rule' | 'scope'> & {
  id: string;
  validity: ClaimableFacts['validity'];
  per_person: number;
  worst_fen: number;
  is_stopped: boolean;
  is_paused: boolean;
  claim_from: number;
  claim_until: number;
  valid_from: number | null;
  now: number;
};
type AccountRow = { template_id: string; total: number; claimed: number; left_fen: number };

async function readBooks(tx: Queryable, commands: readonly ClaimCommand[]) {
  const templateIds = [...new Set(commands.map(({ templateId }) => templateId))].sort();
  const shopperIds = commands.map(({ shopperId }) => shopperId);
  const keys = commands.map(({ key }) => key);
  // Sent in one go and answered in this order: every statement after the first begins when the locks are held.
  const [accounts, templates, held, earlier] = await Promise.all([
    tx.query<AccountRow>(LOCK, [templateIds]),
    tx.query<TemplateRow>(READ_TEMPLATES, [templateIds]),
    tx.query<{ shopper_id: string; template_id: string; n: number }>(READ_HELD, [
      shopperIds,
      commands.map(({ templateId }) => templateId),
    ]),
    tx.query<{ id: string; template_id: string; shopper_id: string; key: string }>(READ_EARLIER, [shopperIds, keys]),
  ]);
  const account = new Map(accounts.map((row) => [row.template_id, row]));
  const facts = new Map<string, ClaimableFacts>();
  for (const row of templates) {
    const { total = 0, claimed = 0, left_fen: leftFen = 0 } = account.get(row.id) ?? {};
    facts.set(row.id, {
      claimFrom: row.claim_from,
      claimUntil: row.claim_until,
      validFrom: row.valid_from,
      isStopped: row.is_stopped,
      isPaused: row.is_paused,
      validity: row.validity,
      perPerson: row.per_person,
      worstFen: row.worst_fen,
      total,
      claimed,
      leftFen,
    });
  }
  const books = {
    now: templates[0]?.now ?? 0,
    templates: facts,
    held: new Map(held.map((row) => [claimKey(row.shopper_id, row.template_id), row.n])),
    earlier: new Map(
      earlier.map((row) => [`${row.shopper_id}|${row.key}`, { couponId: row.id, templateId: row.template_id }]),
    ),
  };
  return { books, templates: new Map(templates.map((row) => [row.id, row])) };
}

/**
 * Settles one batch of claims in one transaction: lock the accounts, read, decide (pure), write with one statement.
 * A throw changes nothing and leaves the batch to be split by the sequencer.
 */
export async function claimCoupons(db: Database, commands: readonly ClaimCommand[]): Promise<ClaimOutcome[]> {
  return db.hotTransaction(async (tx) => {
    const { books, templates } = await readBooks(tx, commands);
    const rows: RowOf<typeof COLUMNS>[] = [];
    const outcomes = settleClaims(commands, books).map((decision: ClaimDecision, index): ClaimOutcome => {
      if (decision.kind !== 'claimed') return decision;
      const { shopperId, key, templateId, hold } = commands[index] as ClaimCommand;
      const template = templates.get(templateId);
      assert(template !== undefined, 'what is claimed is known');
      const { number, validFrom, validUntil, reservedFen } = decision;
      const id = `cpn_${randomUUID()}`;
      rows.push({
        id,
        template_id: templateId,
        shopper_id: shopperId,
        key,
        number,
        claimed_at: books.now,
        valid_from: validFrom,
        valid_until: validUntil,
        reserved_fen: reservedFen,
        hold_id: hold?.id,
        held_until: hold?.until,
      });
      const { name, rule, scope } = template;
      const given = { id, templateId, name, rule, scope, claimedAt: books.now, validFrom, validUntil };
      const coupon = freshOwn({ ...given, heldUntil: hold?.until ?? null });
      return { kind: 'claimed', coupon, claimsLeft: decision.claimsLeft, now: books.now };
    });
    if (rows.length > 0) {
      const written = await tx.query<{ n: number }>(WRITE, columnsOf(COLUMNS, rows));
      assert(written.reduce((sum, { n }) => sum + n, 0) === rows.length, 'every claim was booked');
    }
    return outcomes;
  });
}
