import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { counterScan } from '../../lib/contracts/counter.ts';
import { mayHandOver } from '../../lib/domain/pickup/at-the-counter.ts';
import { SCAN_GOOD_MS } from '../../lib/domain/pickup/deadlines.ts';
import { judgeToken, readScanned, type Scanned } from '../../lib/domain/pickup/token.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { findCouponCode } from '../store/offer/coupon-codes.ts';
import { postOf } from './clerks.ts';
import type { CodeRow, PickupCodes } from './codes.ts';
import { dressRefusal, type Facts, needsPost, orderAfter, readFacts } from './counter-facts.ts';
import { openTries } from './wrong-codes.ts';

/** How the shopper was known; kept with the handing over. */
export type Shown = 'token' | 'digits' | 'friend_token' | 'friend_digits';

export type Ticket = {
  readonly orderId: string;
  readonly codeId: string;
  readonly shown: Shown;
  readonly clerkId: string;
  readonly until: number;
};

/** Proof that a code was shown to this clerk, signed: nothing is kept of a scan that hands nothing over. */
export function ticketOffice(installationSecret: string) {
  const sign = (text: string) =>
    createHmac('sha256', `pickup-ticket:${installationSecret}`).update(text).digest('base64url');
  return {
    issue(ticket: Ticket): string {
      const text = Buffer.from(JSON.stringify(ticket)).toString('base64url');
      return `${text}.${sign(text)}`;
    },
    /** Null: it is not ours. */
    read(given: string): Ticket | null {
      const [text = '', signature = ''] = given.split('.', 2);
      const [own, theirs] = [Buffer.from(sign(text)), Buffer.from(signature)];
      if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) return null;
      return JSON.parse(Buffer.from(text, 'base64url').toString()) as Ticket;
    },
  };
}

export type TicketOffice = ReturnType<typeof ticketOffice>;

type Found = { readonly row: CodeRow; readonly facts: Facts };
type Answer = AnswerOf<typeof counterScan>;
type Asked = RequestOf<typeof counterScan>;
type Readable = Extract<Scanned, { kind: 'token' | 'digits' }>;

const SELECT_CODE = 'select id, order_id, store_id, kind, sealed, used_at, revoked_at from pickup_code';

export function scanner({ db, codes, tickets }: { db: Database; codes: PickupCodes; tickets: TicketOffice }) {
  /** Of digits that several stores gave out, this store's is meant; of those of others, the one whose phone it is. */
  async function byDigits(tx: Queryable, digits: string, lastFour: string, storeId: string): Promise<Found | null> {
    const rows = await tx.query<CodeRow>(
      `${SELECT_CODE} where code_hash = $1 order by store_id <> $2, made_at desc limit 20`,
      [codes.hashOfDigits(digits), storeId],
    );
    for (const row of rows) {
      const facts = await readFacts(tx, row.order_id);
      if (facts?.phone.endsWith(lastFour)) return { row, facts };
    }
    return null;
  }

  async function byToken(tx: Queryable, codeId: string): Promise<Found | null> {
    const [row] = await tx.query<CodeRow>(`${SELECT_CODE} where id = $1`, [codeId]);
    const facts = row ? await readFacts(tx, row.order_id) : null;
    return row && facts ? { row, facts } : null;
  }

  /** The code that was shown; null: nobody's. */
  async function find(tx: Queryable, scanned: Readable, lastFour: string, storeId: string) {
    if (scanned.kind === 'digits') return byDigits(tx, scanned.digits, lastFour, storeId);
    const found = await byToken(tx, scanned.codeId);
    if (!found) return null;
    const verdict = judgeToken(codes.open(found.row).secret, found.row.id, scanned.mac, found.facts.now);
    if (verdict === 'stale') return 'stale' as const;
    return verdict === 'good' ? found : null;
  }

  return {
    /** Whose code this is. One clerk's scans come one after the other. */
    scan(clerkId: string, { text, lastFour, deviceId }: Asked): Promise<Answer> {
      return db.transaction(async (tx): Promise<Answer> => {
        const post = needsPost(await postOf(tx, clerkId));
        if (!post.ok) return post;
        const { storeId } = post.value;
        const tries = await openTries(tx, clerkId);
        const lockedUntil = tries.lockedUntil();
        if (lockedUntil !== null) return refuse({ code: 'counter_locked', until: lockedUntil });
        const scanned = readScanned(text);
        if (scanned.kind === 'unreadable') return refuse({ code: 'unreadable_code' });
        if (scanned.kind === 'mistyped') return refuse({ code: 'mistyped_code' });
        if (scanned.kind === 'digits' && lastFour === undefined) return refuse({ code: 'last_four_needed' });
        const found = await find(tx, scanned, lastFour ?? '', storeId);
        if (found === 'stale') return refuse({ code: 'stale_code' });
        if (!found) {
          const shown = { scanned, lastFour: lastFour ?? '', storeId, now: tries.now };
          const coupon = await findCouponCode(tx, codes, shown);
          if (coupon === 'stale') return refuse({ code: 'stale_code' });
          if (coupon) return refuse({ code: 'coupon_code' });
        }
        if (!found) return refuse({ code: 'unknown_pickup_code', triesLeft: await tries.wrong(storeId) });
        const { row, facts } = found;
        const isFriend = row.kind === 'friend';
        const may = mayHandOver(facts, { storeId, deviceId: deviceId ?? null }, facts.now);
        if (!may.ok) return refuse(await dressRefusal(tx, { orderId: row.order_id, clerkId }, may.refusal));
        if (row.used_at ?? row.revoked_at) return refuse({ code: 'friend_code_over' });
        const until = facts.now + SCAN_GOOD_MS;
        const shown: Shown = `${isFriend ? 'friend_' : ''}${scanned.kind}`;
        const ticket = tickets.issue({ orderId: row.order_id, codeId: row.id, shown, clerkId, until });
        return accept({ ...(await orderAfter(tx, row.order_id, clerkId)), ticket, ticketUntil: until, isFriend });
      });
    },
  };
}
