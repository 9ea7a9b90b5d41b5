import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import type { RequestNamed } from '../../lib/contracts/named.ts';
import { parseYuan, yuanInput } from '../../lib/domain/money/parse-yuan.ts';
import { worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { type CampaignDraft, campaignFacts, campaignFaults, campaignIn, newCampaign } from './campaign-draft.ts';

export const COUPON_KINDS = ['threshold', 'fixed', 'percent', 'red_packet'] as const;
export const VALIDITIES = ['days', 'window'] as const;

type SaveCoupon = RequestNamed<'ops.saveCoupon'>;

/** What is typed, as it is typed. */
export type CouponDraft = CampaignDraft & {
  readonly kind: (typeof COUPON_KINDS)[number];
  readonly full: string;
  readonly cut: string;
  /** Tenths that are paid: `8` is 8折. */
  readonly pay: string;
  readonly cap: string;
  readonly claimFrom: string;
  readonly claimUntil: string;
  readonly validity: (typeof VALIDITIES)[number];
  readonly days: string;
  readonly from: string;
  readonly until: string;
  readonly perPerson: string;
  readonly total: string;
  readonly budget: string;
};

export type CouponFaults = {
  readonly name: boolean;
  readonly rule: boolean;
  readonly scope: boolean;
  readonly claim: boolean;
  readonly validity: boolean;
  readonly numbers: boolean;
};

export function newCoupon(nowMs: number, id: string): CouponDraft {
  const startsAt = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const from = toBeijingInput(startsAt);
  return {
    ...newCampaign(id),
    kind: 'threshold',
    full: '',
    cut: '',
    pay: '',
    cap: '',
    claimFrom: from,
    claimUntil: toBeijingInput(startsAt + 2 * DAY_MS),
    validity: 'days',
    days: '7',
    from,
    until: toBeijingInput(startsAt + 7 * DAY_MS),
    perPerson: '1',
    total: '',
    budget: '',
  };
}

/** A draft that was saved, back in its boxes. */
export function draftOf(coupon: OpsCoupon, nowMs: number): CouponDraft {
  const { id, rule, validity, claimFrom, claimUntil, perPerson, total, budgetFen } = coupon;
  return {
    ...newCoupon(nowMs, id),
    ...campaignIn(coupon),
    kind: rule.kind,
    full: 'fullFen' in rule && rule.fullFen > 0 ? yuanInput(rule.fullFen) : '',
    cut: 'cutFen' in rule ? yuanInput(rule.cutFen) : '',
    pay: rule.kind === 'percent' ? String((1000 - rule.cutPermille) / 100) : '',
    cap: rule.kind === 'percent' ? yuanInput(rule.capFen) : '',
    claimFrom: toBeijingInput(claimFrom),
    claimUntil: toBeijingInput(claimUntil),
    validity: validity.kind,
    ...(validity.kind === 'days'
      ? { days: String(validity.days) }
      : { from: toBeijingInput(validity.from), until: toBeijingInput(validity.until) }),
    perPerson: String(perPerson),
    total: String(total),
    budget: yuanInput(budgetFen),
  };
}

/** `8` or `8.5` tenths → 200 or 150 thousandths off; null when it is no share of a price. */
function cutPermille(text: string): number | null {
  if (!/^\d(?:\.\d{1,2})?$/.test(text.trim())) return null;
  const off = 1000 - Math.round(Number(text) * 100);
  return off > 0 && off < 1000 ? off : null;
}

function ruleOf({ kind, full, cut, pay, cap }: CouponDraft): SaveCoupon['rule'] | null {
  const cutFen = parseYuan(cut);
  if (kind === 'fixed' || kind === 'red_packet') return cutFen === null ? null : { kind, cutFen };
  const fullFen = parseYuan(full);
  if (kind === 'threshold') {
    return fullFen === null || cutFen === null || cutFen >= fullFen ? null : { kind, fullFen, cutFen };
  }
  const off = cutPermille(pay);
  const capFen = parseYuan(cap);
  if (off === null || capFen === null || (full.trim() !== '' && fullFen === null)) return null;
  return { kind, fullFen: fullFen ?? 0, cutPermille: off, capFen };
}

/** A whole number from 1 up; null for anything else. */
export function wholeOf(text: string): number | null {
  const plain = text.trim().replaceAll(',', '');
  return /^\d{1,9}$/.test(plain) && Number(plain) > 0 ? Number(plain) : null;
}

/** What would be sent, and what is wrong with it, by place. */
export function couponRequest(draft: CouponDraft, nowMs: number): { request: SaveCoupon | null; faults: CouponFaults } {
  const rule = ruleOf(draft);
  const [claimFrom, claimUntil] = [fromBeijingInput(draft.claimFrom), fromBeijingInput(draft.claimUntil)];
  const [from, until, days] = [fromBeijingInput(draft.from), fromBeijingInput(draft.until), wholeOf(draft.days)];
  const validity =
    draft.validity === 'days'
      ? days !== null && days <= 365
        ? ({ kind: 'days', days } as const)
        : null
      : from !== null && until !== null && from < until && until >= (claimUntil ?? 0)
        ? ({ kind: 'window', from, until } as const)
        : null;
  const [perPerson, total, budgetFen] = [wholeOf(draft.perPerson), wholeOf(draft.total), parseYuan(draft.budget)];
  const faults = {
    ...campaignFaults(draft),
    rule: rule === null,
    claim: claimFrom === null || claimUntil === null || claimUntil <= claimFrom || claimUntil <= nowMs,
    validity: validity === null,
    numbers:
      perPerson === null ||
      perPerson > 100 ||
      total === null ||
      budgetFen === null ||
      (rule !== null && budgetFen < worstCaseFen(rule)),
  };
  if (Object.values(faults).some(Boolean)) return { request: null, faults };
  if (!rule || !validity || !claimFrom || !claimUntil || !perPerson || !total || !budgetFen) {
    return { request: null, faults };
  }
  const facts = { rule, validity, claimFrom, claimUntil, perPerson, total, budgetFen };
  return { request: { ...campaignFacts(draft), ...facts }, faults };
}
