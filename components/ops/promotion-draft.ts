import type { RequestNamed } from '../../lib/contracts/named.ts';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { type PromotionRule, ruleFault } from '../../lib/domain/pricing/promotion.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { type CampaignDraft, campaignFacts, campaignFaults, newCampaign } from './campaign-draft.ts';

export const RULE_KINDS = ['each', 'once', 'amount_ladder', 'piece_ladder'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What is typed, as it is typed. `from` is an amount or a number of pieces, `gain` an amount or tenths to pay. */
export type DraftStep = { readonly from: string; readonly gain: string };
export type PromotionDraft = CampaignDraft & {
  readonly kind: RuleKind;
  readonly steps: readonly DraftStep[];
  readonly startsAt: string;
  readonly endsAt: string;
};

export type PromotionFaults = {
  readonly name: boolean;
  readonly steps: boolean;
  readonly scope: boolean;
  readonly times: boolean;
};

export function newPromotion(nowMs: number, id: string): PromotionDraft {
  const startsAt = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  return {
    ...newCampaign(id),
    kind: 'each',
    steps: [{ from: '', gain: '' }],
    startsAt: toBeijingInput(startsAt),
    endsAt: toBeijingInput(startsAt + DAY_MS),
  };
}

/** `8` or `8.5` tenths → 800 or 850 thousandths. */
const permille = (text: string) => (/^\d(?:\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text) * 100) : 0);

function ruleOf({ kind, steps }: PromotionDraft): PromotionRule | null {
  if (kind === 'piece_ladder') {
    return {
      kind,
      steps: steps.map(({ from, gain }) => ({ pieces: Number(from.trim() || 0), payPermille: permille(gain) })),
    };
  }
  const amounts = steps.map(({ from, gain }) => ({ fullFen: parseYuan(from) ?? 0, cutFen: parseYuan(gain) ?? 0 }));
  if (kind === 'amount_ladder') return { kind, steps: amounts };
  const [only] = amounts;
  return only ? { kind: 'full_reduction', ...only, isEach: kind === 'each' } : null;
}

/** What would be sent, and what is wrong with it, by place. */
export function requestOf(
  draft: PromotionDraft,
  nowMs: number,
): { request: RequestNamed<'ops.makePromotion'> | null; faults: PromotionFaults } {
  const rule = ruleOf(draft);
  const startsAt = fromBeijingInput(draft.startsAt);
  const endsAt = fromBeijingInput(draft.endsAt);
  const faults = {
    ...campaignFaults(draft),
    steps: rule === null || ruleFault(rule) !== null,
    times: startsAt === null || endsAt === null || endsAt <= startsAt || endsAt <= nowMs,
  };
  if (Object.values(faults).some(Boolean) || rule === null || startsAt === null || endsAt === null) {
    return { request: null, faults };
  }
  // The wire takes what it may change: the rule of the domain is read-only.
  const sent = structuredClone(rule) as RequestNamed<'ops.makePromotion'>['rule'];
  return { request: { ...campaignFacts(draft), rule: sent, startsAt, endsAt }, faults };
}
