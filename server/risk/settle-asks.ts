import { createHash } from 'node:crypto';
import { decideRisk, type RiskDecision } from '../../lib/domain/risk/decide.ts';
import { holdStateAt } from '../../lib/domain/risk/hold.ts';
import { HOLD_MS, type RiskMode } from '../../lib/domain/risk/risk.ts';
import type { RiskReason } from '../../lib/domain/risk/rules.ts';
import { type RiskFacts, type RiskSignals, riskSignals } from '../../lib/domain/risk/signals.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { RewardVerdict } from './port.ts';
import { type Books, type Prepared, pairKey, placeKey, readBooks } from './read-books.ts';
import { type DecisionRow, type TieRow, type UseRow, writeDecisions } from './write-decisions.ts';

/** Commands that ask for work of whoever is not plainly fine. */
export const WORKING: ReadonlySet<string> = new Set(['team.join', 'packet.accept', 'packet.visit']);

export type Outcome = {
  readonly verdict: RewardVerdict;
  /** Null: it had been decided before. */
  readonly decision: (RiskDecision & { readonly mode: RiskMode }) | null;
};

/** One name for one request, whichever process decides it. */
const decisionId = ({ shopperId, command, key }: Prepared) =>
  `rsk_${createHash('sha256').update(`${shopperId}|${command}|${key}`).digest('base64url').slice(0, 24)}`;

function factsOf(ask: Prepared, books: Books): RiskFacts {
  const person = books.people.get(ask.shopperId);
  const circle = books.circles.get(ask.shopperId);
  const address = ask.cluster === null ? undefined : books.addresses.get(ask.cluster);
  const device = ask.device && books.uses.get(placeKey(ask.campaignId, 'device', ask.device, ask.shopperId));
  return {
    now: books.now,
    accountMadeAt: person?.madeAt ?? books.now,
    // A visit makes nothing that could be used: only what comes of it needs a phone.
    isPhoneVerified: (person?.isVerified ?? false) || ask.command === 'packet.visit',
    deviceSeenAt: ask.deviceSeenAt,
    devicePeople: device ? device.n + (device.isAmong ? 0 : 1) : 0,
    addressHour: address?.hour ?? 0,
    addressDay: address?.day ?? 0,
    payoutPeople: books.payer.get(ask.shopperId)?.people ?? 0,
    circlePeople: circle ? circle.people + 1 : 1,
    circleTies: circle ? circle.people + circle.among : 0,
    sharedAt: ask.sharedAt,
    openedAt: ask.openedAt,
    taps: ask.taps,
    hasWorked: ask.hasWorked || !WORKING.has(ask.command),
  };
}

/** What this batch has taken so far, on top of what was read. */
function openTaken(books: Books) {
  const last = new Map<string, number>();
  const more = new Map<string, Set<string>>();
  return {
    /** Places that others have; null: he has one himself, or there is no subject. */
    count(ask: Prepared, kind: 'device' | 'payout', subject: string | null): number | null {
      if (subject === null) return null;
      const key = `${ask.campaignId}|${kind}|${subject}`;
      const use = books.uses.get(placeKey(ask.campaignId, kind, subject, ask.shopperId));
      const taken = more.get(key);
      if (use?.isAmong || taken?.has(ask.shopperId)) return null;
      return (use?.n ?? 0) + (taken?.size ?? 0);
    },
    take(ask: Prepared, kind: 'device' | 'payout', subject: string): UseRow {
      const key = `${ask.campaignId}|${kind}|${subject}`;
      const use = books.uses.get(placeKey(ask.campaignId, kind, subject, ask.shopperId));
      const number = (last.get(key) ?? use?.last ?? 0) + 1;
      last.set(key, number);
      more.set(key, (more.get(key) ?? new Set()).add(ask.shopperId));
      return { campaign_id: ask.campaignId, kind, subject, shopper_id: ask.shopperId, number };
    },
  };
}

function refusalOf(decision: RiskDecision, decisionId: string, isAppealed: boolean): RewardVerdict {
  const { action, limit, because, reasons } = decision;
  if (action === 'challenge') {
    return { kind: 'refused', refusal: { code: 'risk_challenge', decisionId, reasons: [...reasons] } };
  }
  if (because === 'limit' && (limit === 'person' || limit === 'payout')) {
    return { kind: 'refused', refusal: { code: 'risk_limit', limit, againAt: null } };
  }
  const mayAppeal = !isAppealed;
  return { kind: 'refused', refusal: { code: 'risk_blocked', decisionId, reasons: [...reasons], mayAppeal } };
}

/** What a request that was decided before is answered with; null: it is decided anew. */
function again(ask: Prepared, books: Books): Outcome | null {
  const earlier = books.earlier.get(`${ask.shopperId}|${ask.command}|${ask.key}`);
  if (earlier?.action === 'limit') return { verdict: { kind: 'go', hold: null, isLimited: true }, decision: null };
  if (earlier?.action !== 'hold') return null;
  const { id, holdUntil, reasons } = earlier;
  const state = holdStateAt(earlier.state === 'standing' ? 'held' : earlier.state, holdUntil ?? 0, books.now);
  if (state === 'refused') {
    const refusal = { code: 'risk_blocked', decisionId: id, reasons: reasons as RiskReason[] } as const;
    return { verdict: { kind: 'refused', refusal: { ...refusal, mayAppeal: !earlier.isAppealed } }, decision: null };
  }
  const hold = state === 'held' ? { id, until: holdUntil ?? books.now } : null;
  return { verdict: { kind: 'go', hold, isLimited: false }, decision: null };
}

/**
 * Decides about one batch of requests in one transaction: read, decide (pure), write what has to be kept. Two processes
 * that give a campaign's last place for a device or payer write the same number; the second is decided again.
 */
export function settleAsks(db: Database, asks: readonly Prepared[]): Promise<Outcome[]> {
  return db.hotTransaction(async (tx) => {
    const books = await readBooks(tx, asks);
    const taken = openTaken(books);
    const rows: { uses: UseRow[]; decisions: DecisionRow[]; ties: TieRow[] } = { uses: [], decisions: [], ties: [] };

    function settle(ask: Prepared): Outcome {
      const before = ask.isDry ? null : again(ask, books);
      if (before) return before;
      const { campaignId, shopperId, mechanic, command, key } = ask;
      const signals = riskSignals(factsOf(ask, books));
      const payer = books.payer.get(shopperId)?.payer ?? null;
      const grant = books.grants.get(`${shopperId}|${campaignId}|${ask.session ?? ''}`);
      const mode = books.modes[mechanic] ?? LIMITS.risk.mode;
      const isMarked = (kind: string, subject: string | null) =>
        subject !== null && books.marks.has(`${campaignId}|${kind}|${subject}`);
      const decided = decideRisk({
        signals,
        counts: {
          person: books.coupons.get(pairKey(shopperId, campaignId)) ?? 0,
          device: taken.count(ask, 'device', ask.device),
          payout: taken.count(ask, 'payout', payer),
          address: signals.addressDay,
        },
        limits: LIMITS.risk.rewards,
        mode,
        isGateClosed: books.isGateClosed,
        hasPass: grant?.hasPass ?? false,
        isExempt: grant?.isExempt ?? false,
        isMarked:
          (books.people.get(shopperId)?.isBanned ?? false) ||
          isMarked('device', ask.device) ||
          isMarked('payout', payer),
        rules: books.rules,
      });
      const decision = { ...decided, mode };
      const { action, because } = decision;
      if (ask.isDry) return { verdict: { kind: 'go', hold: null, isLimited: false }, decision };
      const mustWork = WORKING.has(command) && !ask.hasWorked && mode !== 'observe' && because !== 'gate';
      if (mustWork && (action === 'limit' || action === 'challenge' || action === 'hold')) {
        return { verdict: { kind: 'refused', refusal: { code: 'risk_work_required', isSpent: false } }, decision };
      }
      const earlier = books.earlier.get(`${shopperId}|${command}|${key}`);
      const id = decisionId(ask);
      if (action !== 'allow') {
        const until = action === 'hold' ? books.now + HOLD_MS : null;
        rows.decisions.push(decisionRow({ ask, id, payer, signals, decision, until }));
      }
      if (action === 'refuse' || action === 'challenge') {
        return { verdict: refusalOf(decision, id, earlier?.isAppealed ?? false), decision };
      }
      if (ask.device && taken.count(ask, 'device', ask.device) !== null) {
        rows.uses.push(taken.take(ask, 'device', ask.device));
      }
      if (payer && taken.count(ask, 'payout', payer) !== null) rows.uses.push(taken.take(ask, 'payout', payer));
      if (ask.invitedBy && ask.invitedBy !== shopperId) {
        const [a, b] = [ask.invitedBy, shopperId].sort() as [string, string];
        rows.ties.push({ a, b });
      }
      const hold = action === 'hold' ? { id, until: books.now + HOLD_MS } : null;
      return { verdict: { kind: 'go', hold, isLimited: action === 'limit' }, decision };
    }

    const outcomes = asks.map(settle);
    await writeDecisions(tx, rows);
    return outcomes;
  });
}

type Deciding = {
  readonly ask: Prepared;
  readonly id: string;
  readonly payer: string | null;
  readonly signals: RiskSignals;
  readonly decision: NonNullable<Outcome['decision']>;
  readonly until: number | null;
};

function decisionRow({ ask, id, payer, signals, decision, until }: Deciding): DecisionRow {
  return {
    id,
    shopper_id: ask.shopperId,
    mechanic: ask.mechanic,
    command: ask.command,
    campaign_id: ask.campaignId,
    key: ask.key,
    mode: decision.mode,
    action: decision.action,
    because: decision.because,
    limit_kind: decision.limit,
    score: decision.score,
    reasons: decision.reasons,
    shadow: decision.shadow,
    signals,
    device: ask.device,
    payer,
    hold_until: until,
  };
}
