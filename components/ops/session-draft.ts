import type { RequestNamed, ValueNamed } from '../../lib/contracts/named.ts';
import { parseYuan, yuanInput } from '../../lib/domain/money/parse-yuan.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { type TiersFault, tiersFault } from '../../lib/domain/venue/tiers.ts';

export type OpsSession = ValueNamed<'ops.sessions'>['sessions'][number];
type Words = { zh: string; en: string };

/** What is typed, as it is typed: a box may hold half a price. */
export type DraftTier = { readonly upTo: string; readonly price: string };
export type DraftItem = {
  readonly skuId: string;
  readonly code: string;
  readonly title: Words;
  readonly choice: Words;
  readonly ordinaryFen: number;
  readonly price: string;
  readonly limit: string;
  readonly tiers: readonly DraftTier[];
};
export type Draft = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly allowsPromotions: boolean;
  readonly items: readonly DraftItem[];
};

type TierFaultCode = TiersFault['code'] | 'not_a_number';
/** What is wrong, by place: a missing entry is sound. */
export type DraftFaults = {
  readonly name: boolean;
  readonly times: boolean;
  readonly items: boolean;
  readonly bySku: Readonly<
    Record<string, { price?: boolean; limit?: boolean; tiers?: { index: number; code: TierFaultCode } }>
  >;
};

/** The next full hour for two hours, with nothing in it. */
export function newDraft(nowMs: number, id: string): Draft {
  const startsAt = Math.ceil((nowMs + HOUR_MS / 4) / HOUR_MS) * HOUR_MS;
  return {
    id,
    nameZh: '',
    nameEn: '',
    startsAt: toBeijingInput(startsAt),
    endsAt: toBeijingInput(startsAt + 2 * HOUR_MS),
    allowsPromotions: false,
    items: [],
  };
}

export function draftOf(session: OpsSession): Draft {
  return {
    id: session.id,
    nameZh: session.name.zh,
    nameEn: session.name.en,
    startsAt: toBeijingInput(session.startsAt),
    endsAt: toBeijingInput(session.endsAt),
    allowsPromotions: session.allowsPromotions,
    items: session.items.map((item) => ({
      skuId: item.skuId,
      code: item.code,
      title: item.title,
      choice: item.choice,
      ordinaryFen: item.ordinaryFen,
      price: yuanInput(item.priceFen),
      limit: String(item.limitPerPerson),
      tiers: item.tiers.map((tier) => ({ upTo: String(tier.upTo), price: yuanInput(tier.priceFen) })),
    })),
  };
}

function faultsOfItem({ price, limit, tiers, ordinaryFen }: DraftItem) {
  const faults: { price?: boolean; limit?: boolean; tiers?: { index: number; code: TierFaultCode } } = {};
  const priceFen = parseYuan(price);
  if (priceFen === null || priceFen > ordinaryFen) faults.price = true;
  if (!/^[1-9]\d?$/.test(limit)) faults.limit = true;
  const steps = tiers.map((tier) => ({ upTo: Number(tier.upTo), priceFen: parseYuan(tier.price) ?? 0 }));
  const unread = steps.findIndex((step) => !Number.isInteger(step.upTo) || step.upTo < 1 || step.priceFen === 0);
  if (unread >= 0) faults.tiers = { index: unread, code: 'not_a_number' };
  else if (priceFen !== null) {
    const fault = tiersFault(steps, priceFen);
    if (fault) faults.tiers = fault;
  }
  return faults;
}

/** Everything that is wrong, at once; the server looks again with its own clock and everybody's sessions. */
export function draftFaults(draft: Draft, nowMs: number): DraftFaults {
  const startsAt = fromBeijingInput(draft.startsAt);
  const endsAt = fromBeijingInput(draft.endsAt);
  return {
    name: draft.nameZh.trim() === '' || draft.nameEn.trim() === '',
    times: startsAt === null || endsAt === null || endsAt <= startsAt || startsAt <= nowMs,
    items: draft.items.length === 0,
    bySku: Object.fromEntries(draft.items.map((item) => [item.skuId, faultsOfItem(item)])),
  };
}

export function isSound({ name, times, items, bySku }: DraftFaults): boolean {
  return !name && !times && !items && Object.values(bySku).every((faults) => Object.keys(faults).length === 0);
}

/** Only for a draft without faults. */
export function requestOf(draft: Draft): RequestNamed<'ops.saveSession'> {
  return {
    id: draft.id,
    name: { zh: draft.nameZh.trim(), en: draft.nameEn.trim() },
    startsAt: fromBeijingInput(draft.startsAt) ?? 0,
    endsAt: fromBeijingInput(draft.endsAt) ?? 0,
    allowsPromotions: draft.allowsPromotions,
    items: draft.items.map((item) => ({
      skuId: item.skuId,
      priceFen: parseYuan(item.price) ?? 0,
      limitPerPerson: Number(item.limit),
      tiers: item.tiers.map((tier) => ({ upTo: Number(tier.upTo), priceFen: parseYuan(tier.price) ?? 0 })),
    })),
  };
}
