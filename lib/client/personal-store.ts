import { clear, createStore, del, get, set, type UseStore } from 'idb-keyval';

/**
 * What the phone keeps for its owner in IndexedDB: orders last seen and commands that wait for their answer. All of
 * it in one place, so that signing out can wipe all of it.
 */
let opened: UseStore | undefined;
/** Opened at the first use, because these modules are also read where there is no IndexedDB. */
function store(): UseStore {
  opened ??= createStore('festa-personal', 'kept');
  return opened;
}

export function keepPersonal(key: string, value: unknown): Promise<void> {
  return quietly(() => set(key, value, store())).then(() => undefined);
}

/** Undefined when nothing is kept, or when the browser keeps nothing (a private window). */
export function readPersonal<T>(key: string): Promise<T | undefined> {
  return quietly(() => get<T>(key, store()));
}

export function dropPersonal(key: string): Promise<void> {
  return quietly(() => del(key, store())).then(() => undefined);
}

export function wipePersonal(): Promise<void> {
  return quietly(() => clear(store())).then(() => undefined);
}

/** In private windows IndexedDB may be closed to us; buying must work all the same. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
