import type { RequestNamed } from '../../lib/contracts/named.ts';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { type PromotionRule, ruleFault } from '../../lib/domain/pricing/promotion.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';

export const RULE_KINDS = ['each', 'once', 'amount_ladder', 'piece_ladder'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
export const SCOPE_KINDS = ['all', 'categories', 'products'] as const;

export type DraftProduct = { readonly handle: string; readonly title: { readonly zh: string; readonly en: string } };
/** What is typed, as it is typed. `from` is an amount or a number of pieces, `gain` an amount or tenths to pay. */
export type DraftStep = { readonly from: string; readonly gain: string };
export type PromotionDraft = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: RuleKind;
  readonly steps: readonly DraftStep[];
  readonly scope: (typeof SCOPE_KINDS)[number];
  readonly categories: readonly string[];
  readonly products: readonly DraftProduct[];
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
    id,
    nameZh: '',
    nameEn: '',
    kind: 'each',
    steps: [{ from: '', gain: '' }],
    scope: 'all',
    categories: [],
    products: [],
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
  const handles = draft.products.map(({ handle }) => handle);
  const faults = {
    name: !draft.nameZh.trim() || !draft.nameEn.trim(),
    steps: rule === null || ruleFault(rule) !== null,
    scope:
      (draft.scope === 'categories' && draft.categories.length === 0) ||
      (draft.scope === 'products' && handles.length === 0),
    times: startsAt === null || endsAt === null || endsAt <= startsAt || endsAt <= nowMs,
  };
  if (Object.values(faults).some(Boolean) || rule === null || startsAt === null || endsAt === null) {
    return { request: null, faults };
  }
  const scope =
    draft.scope === 'all'
      ? { kind: draft.scope }
      : draft.scope === 'categories'
        ? { kind: draft.scope, ids: [...draft.categories] }
        : { kind: draft.scope, handles };
  const name = { zh: draft.nameZh.trim(), en: draft.nameEn.trim() };
  // The wire takes what it may change: the rule of the domain is read-only.
  const sent = structuredClone(rule) as RequestNamed<'ops.makePromotion'>['rule'];
  return { request: { id: draft.id, name, scope, rule: sent, startsAt, endsAt }, faults };
}
