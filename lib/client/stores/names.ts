import type { NameFile } from '../../domain/store/published.ts';

/** Ids and blocks of the stores whose name or address fits what was typed, best first. */
export type NameSearch = (query: string, count: number) => readonly { readonly id: string; readonly block: string }[];

/** The search of the goods, over names of stores: Chinese, pinyin and initials, English. */
export async function nameSearch({ rows }: NameFile): Promise<NameSearch> {
  const { searchOver } = await import('../search.ts');
  const find = await searchOver(rows.map(([id, , words, pinyin]) => [id, words, '', pinyin]));
  const blocks = new Map(rows.map(([id, block]) => [id, block]));
  return (query, count) => {
    if (query.trim() === '') return [];
    return find(query)
      .slice(0, count)
      .map((id) => ({ id, block: blocks.get(id) ?? '' }));
  };
}
