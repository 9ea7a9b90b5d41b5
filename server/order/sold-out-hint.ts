import type { Queryable } from '../platform/database.ts';

/*
 * "Sold out" said without the queue. Words used here:
 *
 * - known:   a SKU that had no free unit, with its version and everybody who has or may have units of it
 * - confirm: one look at the versions, begun after the question came; a version that has not moved means that nobody
 *            has bought or given back since, so what is known is still the whole truth
 */

export type SoldOutHint = {
  /**
   * Whether these units are sold out for this person. `false` is no promise of anything: ask the queue. `true` is as
   * true as the queue's own answer: the person has no order and no offer of this SKU, so this is no repeat of an
   * accepted command, and nothing was free after he had asked.
   */
  isSoldOut(shopperId: string, skuId: string): boolean | Promise<boolean>;
  /** The queue has said what became of this SKU; a sold-out one becomes known. */
  settled(skuId: string, isSoldOut: boolean): void;
  /** Forgets: somebody says that the SKU has changed. */
  drop(skuId: string): void;
  /** Something may have been missed: forgets everything. */
  dropAll(): void;
};

export type SoldOutLimits = {
  /** SKUs with more buyers than this are always left to the queue. */
  readonly peopleMax: number;
  /** This often one command goes to the queue all the same, which sees goods that rest, are stopped or off the shelf. */
  readonly lookEveryMs: number;
  /** A SKU that sells out, is given back and sells out again is learnt this often at most. */
  readonly learnEveryMs: number;
};

type Known = { readonly version: number; readonly people: ReadonlySet<string>; lookAt: number };

/** What is asked of the database; other rooms ask the same of other things that run out. */
export type SoldOutQuestions = {
  /**
   * $1 id, $2 how many people at most. One statement, one snapshot: the version, what is free, and everybody whose
   * answer may be another one.
   */
  readonly learn: string;
  /** $1 ids. The versions of those that have nothing free. */
  readonly confirm: string;
};

const STOCK: SoldOutQuestions = {
  learn: `
  select s.version, case when s.waiting > 0 then 0 else s.on_hand - s.reserved end as free,
         array(select o.shopper_id from order_line l join orders o on o.id = l.order_id where l.sku_id = s.sku_id
               union select w.shopper_id from waitlist_entry w where w.sku_id = s.sku_id and w.state = 'offered'
               limit $2) as people
  from stock_level s where s.sku_id = $1 and s.location_id = 'central'`,
  confirm: `
  select sku_id as id, version from stock_level
  where sku_id = any ($1::text[]) and location_id = 'central' and (waiting > 0 or on_hand <= reserved)`,
};

/** `db` is asked outside any transaction; a fault of it counts as "ask the queue". */
export function openSoldOutHint(db: Queryable, limits: SoldOutLimits, questions = STOCK): SoldOutHint {
  const known = new Map<string, Known>();
  const learntAt = new Map<string, number>();
  let asking = new Map<string, ((isStill: boolean) => void)[]>();
  let isConfirming = false;

  async function learn(skuId: string): Promise<void> {
    learntAt.set(skuId, performance.now());
    const [row] = await db.query<{ version: number; free: number; people: string[] }>(questions.learn, [
      skuId,
      limits.peopleMax + 1,
    ]);
    if (!row || row.free > 0 || row.people.length > limits.peopleMax) return;
    known.set(skuId, {
      version: row.version,
      people: new Set(row.people),
      lookAt: performance.now() + limits.lookEveryMs,
    });
  }

  /** Answers all that was asked before its statement was sent; what comes meanwhile is for the next one. */
  async function confirm(): Promise<void> {
    while (asking.size > 0) {
      const asked = asking;
      asking = new Map();
      const rows = await db
        .query<{ id: string; version: number }>(questions.confirm, [[...asked.keys()]])
        .catch((): { id: string; version: number }[] => []);
      const versions = new Map(rows.map((row) => [row.id, row.version]));
      for (const [skuId, waiting] of asked) {
        const entry = known.get(skuId);
        const isStill = entry !== undefined && versions.get(skuId) === entry.version;
        if (!isStill) known.delete(skuId);
        for (const answer of waiting) answer(isStill);
      }
    }
    isConfirming = false;
  }

  return {
    isSoldOut(shopperId, skuId) {
      const entry = known.get(skuId);
      if (!entry || entry.people.has(shopperId)) return false;
      const now = performance.now();
      if (now >= entry.lookAt) {
        entry.lookAt = now + limits.lookEveryMs;
        return false;
      }
      return new Promise((resolve) => {
        const waiting = asking.get(skuId);
        if (waiting) waiting.push(resolve);
        else asking.set(skuId, [resolve]);
        if (isConfirming) return;
        isConfirming = true;
        setImmediate(confirm);
      });
    },
    settled(skuId, isSoldOut) {
      if (!isSoldOut) known.delete(skuId);
      else if (!known.has(skuId) && performance.now() - (learntAt.get(skuId) ?? -Infinity) >= limits.learnEveryMs) {
        learn(skuId).catch(() => {});
      }
    },
    drop: (skuId) => void known.delete(skuId),
    dropAll: () => known.clear(),
  };
}
