import type { PromotionScope } from '../../lib/domain/pricing/promotion.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';

/* What every campaign has in its boxes: a name in both languages, and the goods that it is for. */

export const SCOPE_KINDS = ['all', 'categories', 'products'] as const;

type Words = { readonly zh: string; readonly en: string };
export type DraftProduct = { readonly handle: string; readonly title: Words };
export type Category = { readonly id: string; readonly name: Words };

/** What is typed, as it is typed. */
export type CampaignDraft = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly scope: (typeof SCOPE_KINDS)[number];
  readonly categories: readonly string[];
  readonly products: readonly DraftProduct[];
};

export function newCampaign(id: string): CampaignDraft {
  return { id, nameZh: '', nameEn: '', scope: 'all', categories: [], products: [] };
}

/** A campaign that was saved, back in its boxes; a product is called by its link name until the page knows it better. */
export function campaignIn({ id, name, scope }: { id: string; name: Words; scope: PromotionScope }): CampaignDraft {
  return {
    id,
    nameZh: name.zh,
    nameEn: name.en,
    scope: scope.kind,
    categories: scope.kind === 'categories' ? scope.ids : [],
    products:
      scope.kind === 'products' ? scope.handles.map((handle) => ({ handle, title: { zh: handle, en: handle } })) : [],
  };
}

/** What is missing, by place. */
export function campaignFaults({ nameZh, nameEn, scope, categories, products }: CampaignDraft) {
  return {
    name: !nameZh.trim() || !nameEn.trim(),
    scope: (scope === 'categories' && categories.length === 0) || (scope === 'products' && products.length === 0),
  };
}

/** Name and goods as the wire takes them. */
export function campaignFacts({ id, nameZh, nameEn, scope, categories, products }: CampaignDraft) {
  return {
    id,
    name: { zh: nameZh.trim(), en: nameEn.trim() },
    scope:
      scope === 'all'
        ? { kind: scope }
        : scope === 'categories'
          ? { kind: scope, ids: [...categories] }
          : { kind: scope, handles: products.map(({ handle }) => handle) },
  };
}

/** The goods of a campaign in words. */
export function saysGoods(scope: PromotionScope, categories: readonly Category[], locale: Locale): string {
  const words = opsCampaignsMessages[locale];
  if (scope.kind === 'all') return words.scope_all;
  if (scope.kind === 'products') return words.forProducts(scope.handles.length);
  const names = scope.ids.map((id) => {
    const found = categories.find((category) => category.id === id);
    return found ? inLocale(found.name, locale) : id;
  });
  return names.join(words.joiner);
}
