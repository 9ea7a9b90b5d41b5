import type { Tier } from '../../../lib/contracts/catalog.ts';
import type { Localized } from '../../../lib/contracts/contract.ts';
import { assert } from '../../../lib/domain/assert.ts';
import { beauty } from './beauty.ts';
import type { DemoCategory, DemoProduct, Words } from './content.ts';
import { digital } from './digital.ts';
import { fashion } from './fashion.ts';
import type { DemoItem } from './festival.ts';
import { food } from './food.ts';
import { home } from './home.ts';
import { outdoor } from './outdoor.ts';

export const DEMO_CATEGORIES: readonly DemoCategory[] = [fashion, beauty, digital, home, food, outdoor];

export function localized([zh, en]: Words): Localized {
  return { zh, en };
}

export type DemoSku = {
  readonly id: string;
  readonly code: string;
  /** As it is written in the content: `sea/m`. */
  readonly choice: string;
  readonly choiceIds: readonly string[];
  readonly priceFen: number;
  readonly stock: number;
};

/** The same ids at every load: links, tests and installed pages may name them. */
export function demoSkus(category: DemoCategory, product: DemoProduct): DemoSku[] {
  const number = String(category.products.indexOf(product) + 1).padStart(2, '0');
  return product.skus.map(([choice, yuan, stock]) => {
    const choiceIds = choice.split('/');
    assert(
      choiceIds.length === product.options.length &&
        choiceIds.every((id, index) => product.options[index]?.values.some((value) => value.id === id)),
      `${product.handle} has the choice ${choice}`,
    );
    return {
      id: `sku_${product.handle}.${choiceIds.join('.')}`,
      code: [category.code, number, ...choiceIds].join('-').toUpperCase(),
      choice,
      choiceIds,
      priceFen: Math.round(yuan * 100),
      stock,
    };
  });
}

/** Rounded down to whole yuan from ¥20 on, else to ten fen: prices that a shop would write on a tag. */
function onTag(fen: number): number {
  const step = fen >= 2_000 ? 100 : 10;
  return Math.floor(fen / step) * step;
}

/** A SKU's price in a session, and its tiers: what is said of a tier ("half") is never less than the truth. */
export function sessionPrice(item: DemoItem, sku: DemoSku): { priceFen: number; tiers: Tier[] } {
  const priceFen = onTag((sku.priceFen * item.percent) / 100);
  const applies = item.tierChoices === undefined || item.tierChoices.includes(sku.choice);
  const tiers = applies
    ? (item.tiers ?? []).map(([upTo, percent]) => ({ upTo, priceFen: Math.floor((priceFen * percent) / 1_000) * 10 }))
    : [];
  return { priceFen, tiers };
}
