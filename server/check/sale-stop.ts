import type { opsChecks, opsOpenSale } from '../../lib/contracts/check.ts';
import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import { choiceWords } from '../../lib/domain/catalog/choice-words.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { audit } from '../ops/audit.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { INVARIANTS } from './check.ts';
import type { Violation } from './invariant.ts';

/** Where the worker keeps what it found last. */
const LAST_RUN = 'invariants-last-run';
/** More than anybody reads on a page; the command lists them all. */
const SHOWN_MAX = 200;

export type LastRun = {
  /** Epoch ms, database clock. */
  readonly at: number;
  readonly asked: number;
  readonly tookMs: number;
  readonly violations: readonly Violation[];
};

type Says = { zh: string; en: string };

/** The sentence of an invariant by its name; one that a newer version does not have any more is called by its name. */
function saysOf(name: string): Says {
  return INVARIANTS.find((one) => one.name === name)?.says ?? { zh: name, en: name };
}

/** When the last run began, by the database's clock in epoch ms; null: never. Also answers that clock. */
export async function lastRun(db: Queryable): Promise<{ now: number; last: LastRun | null }> {
  const [row] = await db.query<{ now: number; value: LastRun | null }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::bigint as now,
            (select value from setting where name = $1) as value`,
    [LAST_RUN],
  );
  return { now: row?.now ?? 0, last: row?.value ?? null };
}

export async function keepRun(tx: Queryable, run: LastRun): Promise<void> {
  await tx.query(
    `insert into setting (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [LAST_RUN, JSON.stringify({ ...run, violations: run.violations.slice(0, SHOWN_MAX) })],
  );
}

/** Stops the sale of every SKU that a violation names, once per violation. Answers the SKUs that were stopped now. */
export async function stopSales(tx: Queryable, violations: readonly Violation[]): Promise<string[]> {
  const named = violations.filter(({ skuId }) => skuId !== null);
  if (named.length === 0) return [];
  const rows = await tx.query<{ sku_id: string }>(
    `insert into sale_stop (sku_id, invariant, order_id, detail)
     select v.sku_id, v.invariant, v.order_id, v.detail
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as v (sku_id, invariant, order_id, detail)
     join sku s on s.id = v.sku_id
     on conflict do nothing returning sku_id`,
    [
      named.map(({ skuId }) => skuId),
      named.map(({ name }) => name),
      named.map(({ orderId }) => orderId),
      named.map(({ detail }) => detail),
    ],
  );
  return [...new Set(rows.map((row) => row.sku_id))];
}

type StopRow = {
  skuId: string;
  code: string;
  title: Says;
  choice: string[];
  options: { values: { id: string; label: Says }[] }[];
  invariant: string;
  orderId: string | null;
  detail: string;
  stoppedAt: Date;
};

/** What is stopped and why, and what the last run of the worker found. */
export async function readChecks(db: Queryable): Promise<ValueOf<typeof opsChecks>> {
  const rows = await db.query<StopRow>(
    `select t.sku_id as "skuId", s.code, p.title, s.choice, p.options, t.invariant, t.order_id as "orderId", t.detail,
            t.stopped_at as "stoppedAt"
     from sale_stop t join sku s on s.id = t.sku_id join product p on p.handle = s.product_handle
     where t.opened_at is null order by t.stopped_at desc, t.id desc limit ${SHOWN_MAX}`,
  );
  const { last } = await lastRun(db);
  const bySku = new Map<string, ValueOf<typeof opsChecks>['stops'][number]>();
  for (const { choice, options, invariant, orderId, detail, stoppedAt, ...sku } of rows) {
    const known = bySku.get(sku.skuId) ?? { ...sku, choice: choiceWords(choice, options), reasons: [] };
    known.reasons.push({ says: saysOf(invariant), invariant, orderId, detail, stoppedAt: stoppedAt.getTime() });
    bySku.set(sku.skuId, known);
  }
  return {
    stops: [...bySku.values()],
    lastRun: last && {
      at: last.at,
      asked: last.asked,
      tookMs: Math.round(last.tookMs),
      violations: last.violations.map(({ name, skuId, orderId, detail }) => ({
        invariant: name,
        says: saysOf(name),
        skuId,
        orderId,
        detail,
      })),
    },
  };
}

/** Opens the sale of a SKU again: all that it was stopped for counts as looked at. */
export function openSale(
  db: Database,
  { skuId, reason }: RequestOf<typeof opsOpenSale>,
  actor: string,
): Promise<AnswerOf<typeof opsOpenSale>> {
  return db.transaction(async (tx) => {
    const opened = await tx.query<{ invariant: string; detail: string }>(
      `update sale_stop set opened_at = now(), opened_by = $2, opened_because = $3
       where sku_id = $1 and opened_at is null returning invariant, detail`,
      [skuId, actor, reason],
    );
    if (opened.length === 0) return refuse({ code: 'not_stopped' });
    await audit(tx, { actor, action: 'ops.openSale', target: skuId, detail: { reason, opened } });
    return accept(await readChecks(tx));
  });
}
