import { createStore, get, set, type UseStore } from 'idb-keyval';

/*
 * What the counter keeps in IndexedDB. Not with the shopper's own things: those are wiped when somebody signs out, and
 * handovers that are not sent yet must outlive that.
 */
let opened: UseStore | undefined;
function store(): UseStore {
  opened ??= createStore('festa-counter', 'kept');
  return opened;
}

/** Undefined when nothing is kept, or where the browser keeps nothing. */
export function readKept<T>(key: string): Promise<T | undefined> {
  return get<T>(key, store()).catch(() => undefined);
}

/** @throws when the browser keeps nothing: what must not be lost may not be begun then. */
export function keep(key: string, value: unknown): Promise<void> {
  return set(key, value, store());
}
