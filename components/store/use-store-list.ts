import { useEffect, useState } from 'react';
import { openStoreFiles, type StoreFiles } from '../../lib/client/stores/files.ts';
import type { FoundStore } from '../../lib/client/stores/near.ts';
import type { Point } from '../../lib/domain/store/place.ts';
import { regionsAbove } from '../../lib/domain/store/store.ts';

/** What the shopper is looking for. */
export type StoreWish =
  | { readonly kind: 'near'; readonly point: Point }
  | { readonly kind: 'city'; readonly code: string; readonly blocks: readonly string[] }
  | { readonly kind: 'name'; readonly query: string; readonly province: string | null }
  | { readonly kind: 'one'; readonly id: string; readonly block: string };

export type StoreList =
  | { readonly state: 'idle' | 'loading' | 'failed' }
  | { readonly state: 'ready'; readonly found: readonly FoundStore[]; readonly isWhole: boolean };

const NEAR = 20;
const NAMED = 30;

async function find(files: StoreFiles, wish: StoreWish): Promise<StoreList> {
  if (wish.kind === 'near') {
    const { nearestStores } = await import('../../lib/client/stores/near.ts');
    const { found, isWhole } = await nearestStores(wish.point, NEAR, files.blocks, files.block);
    // Nothing at all because nothing could be loaded is no answer.
    return found.length === 0 && !isWhole ? { state: 'failed' } : { state: 'ready', found, isWhole };
  }
  let hits: readonly { id: string; block: string }[] | null = null;
  if (wish.kind === 'name') {
    const { nameSearch } = await import('../../lib/client/stores/names.ts');
    hits = (await nameSearch(await files.names(wish.province)))(wish.query, NAMED);
  } else if (wish.kind === 'one') hits = [wish];
  const blocks = wish.kind === 'city' ? wish.blocks : [...new Set(hits?.map(({ block }) => block))];
  const loaded = await Promise.all(blocks.map((block) => files.block(block)));
  const stores = loaded.flatMap((inBlock) => inBlock ?? []);
  const isWhole = loaded.every((inBlock) => inBlock !== null);
  if (blocks.length > 0 && loaded.every((inBlock) => inBlock === null)) return { state: 'failed' };
  const shown =
    hits === null && wish.kind === 'city'
      ? stores.filter(({ regionCode }) => regionsAbove(regionCode).city === wish.code)
      : (hits ?? []).flatMap(({ id }) => stores.find((store) => store.id === id) ?? []);
  return { state: 'ready', found: shown.map((store) => ({ store, metres: null })), isWhole };
}

/** The stores that fit a wish, from the published files; again when the network is back. */
export function useStoreList(wish: StoreWish | null): StoreList & { readonly retry: () => void } {
  const [list, setList] = useState<StoreList>({ state: 'idle' });
  const [tries, setTries] = useState(0);
  const retry = () => setTries((count) => count + 1);
  const key = JSON.stringify(wish);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish is known by its text, a new try is the point
  useEffect(() => {
    if (wish === null) return setList({ state: 'idle' });
    let isOver = false;
    setList({ state: 'loading' });
    openStoreFiles()
      .then((files) => find(files, wish))
      .then(
        (next) => !isOver && setList(next),
        () => !isOver && setList({ state: 'failed' }),
      );
    return () => {
      isOver = true;
    };
  }, [key, tries]);
  const isLacking = list.state === 'failed' || (list.state === 'ready' && !list.isWhole);
  useEffect(() => {
    if (!isLacking) return;
    const again = () => setTries((count) => count + 1);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [isLacking]);
  return { ...list, retry };
}
