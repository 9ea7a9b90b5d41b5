import type { ProductRecord } from '../../server/publish/import/festa.ts';

/** One line of `catalogue/litemall-goods.jsonl`. */
export type LitemallGoods = {
  id: number;
  name: string;
  category_id: number;
  brief: string;
  counter_price: string;
  attributes: [string, string][];
  specifications: [string, string][];
  skus: { specs: string[]; price: string; stock: number }[];
};

/** That shop's goods as records of ours. One value "标准" is that shop's way to say that there are no options. */
export function asRecords(
  all: readonly LitemallGoods[],
  categories: ReadonlyMap<number, string> = new Map(),
): ProductRecord[] {
  return all.map((goods) => {
    const names = [...new Set(goods.specifications.map(([name]) => name))];
    const hasOptions = goods.specifications.length > 1;
    return {
      handle: `litemall-${goods.id}`,
      title: goods.name,
      ...(goods.brief !== '' && { subtitle: goods.brief }),
      category: categories.get(goods.category_id) ?? `分类${goods.category_id}`,
      attributes: goods.attributes
        .filter(([name, value]) => name.trim() !== '' && value.trim() !== '')
        .map(([name, value]) => ({ name, value })),
      ...(hasOptions && { options: names.map((name) => ({ name })) }),
      skus: goods.skus.map(({ specs, price, stock }, index) => ({
        code: `LM-${goods.id}-${index}`,
        ...(hasOptions && { choice: specs }),
        price,
        listPrice: goods.counter_price,
        stock,
      })),
    };
  });
}

/** Names of the broad categories by the id of every category, from `catalogue/litemall-categories.csv`. */
export function broadCategories(csv: string): Map<number, string> {
  const rows = csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  const names = new Map(rows.map(([id, , , name]) => [Number(id), name ?? '']));
  return new Map(rows.map(([id, parent]) => [Number(id), names.get(Number(parent)) ?? names.get(Number(id)) ?? '']));
}
