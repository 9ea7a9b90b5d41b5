import { type ComponentType, lazy } from 'react';

const AGAIN_MS = 3_000;

/** A part of a page that nothing can stand in for: fetched again until it comes, where the network fails for a while. */
export async function surely<M>(load: () => Promise<M>): Promise<M> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** A component that is fetched when it is first shown, and again where the network fails: `lazy` alone gives up for good. */
export function late<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await surely(load) }));
}
