import type { RequestNamed } from '../../lib/contracts/named.ts';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { wholeOf } from './coupon-draft.ts';

type MakeOffer = RequestNamed<'ops.makeStoreOffer'>;
export const OFFER_KINDS = ['threshold', 'fixed'] as const;
export type ChosenStore = { readonly id: string; readonly name: { readonly zh: string; readonly en: string } };

/** What is typed, as it is typed. */
export type OfferDraft = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: (typeof OFFER_KINDS)[number];
  readonly full: string;
  readonly cut: string;
  readonly from: string;
  readonly until: string;
  readonly hoursFrom: string;
  readonly hoursTo: string;
  readonly good: string;
  readonly perDay: string;
  readonly total: string;
  readonly budget: string;
  readonly stores: readonly ChosenStore[];
};

export type OfferFaults = {
  readonly name: boolean;
  readonly rule: boolean;
  readonly times: boolean;
  readonly hours: boolean;
  readonly numbers: boolean;
  readonly stores: boolean;
};

export function newOffer(nowMs: number, id: string): OfferDraft {
  const startsAt = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return {
    ...{ id, nameZh: '', nameEn: '', kind: 'threshold', full: '', cut: '' },
    from: toBeijingInput(startsAt),
    until: toBeijingInput(startsAt + 7 * DAY_MS),
    ...{ hoursFrom: '10:00', hoursTo: '22:00', good: '120', perDay: '', total: '', budget: '', stores: [] },
  };
}

function minuteOf(text: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(text) ?? [];
  return hour === undefined || Number(hour) > 23 || Number(minute) > 59 ? null : Number(hour) * 60 + Number(minute);
}

/** An end at or before the beginning is of the next day. */
function hoursOf({ hoursFrom, hoursTo }: OfferDraft): [number, number] | null {
  const [from, to] = [minuteOf(hoursFrom), minuteOf(hoursTo)];
  if (from === null || to === null) return null;
  return [from, to > from ? to : to + 1_440];
}

function ruleOf({ kind, full, cut }: OfferDraft): MakeOffer['rule'] | null {
  const [fullFen, cutFen] = [parseYuan(full), parseYuan(cut)];
  if (cutFen === null || cutFen <= 0) return null;
  if (kind === 'fixed') return { kind, cutFen };
  return fullFen === null || cutFen >= fullFen ? null : { kind, fullFen, cutFen };
}

/** What would be sent, and what is wrong with it, by place. */
export function offerRequest(draft: OfferDraft, nowMs: number): { request: MakeOffer | null; faults: OfferFaults } {
  const rule = ruleOf(draft);
  const hours = hoursOf(draft);
  const [from, until] = [fromBeijingInput(draft.from), fromBeijingInput(draft.until)];
  const [goodMinutes, perDay, total] = [wholeOf(draft.good), wholeOf(draft.perDay), wholeOf(draft.total)];
  const budgetFen = parseYuan(draft.budget);
  const name = { zh: draft.nameZh.trim(), en: draft.nameEn.trim() };
  const isGood = goodMinutes !== null && goodMinutes >= 60 && goodMinutes <= 1_440;
  const isCounted = perDay !== null && total !== null && perDay <= total;
  const faults = {
    name: name.zh === '' || name.en === '',
    rule: rule === null,
    times: from === null || until === null || until <= from || until <= nowMs,
    hours: hours === null,
    numbers: !isGood || !isCounted || budgetFen === null || (rule !== null && budgetFen < rule.cutFen),
    stores: draft.stores.length === 0,
  };
  if (Object.values(faults).some(Boolean)) return { request: null, faults };
  if (!rule || !hours || !from || !until || !goodMinutes || !perDay || !total || !budgetFen)
    return { request: null, faults };
  const storeIds = draft.stores.map(({ id }) => id);
  const { id } = draft;
  return { request: { id, name, rule, hours, from, until, goodMinutes, perDay, total, budgetFen, storeIds }, faults };
}
