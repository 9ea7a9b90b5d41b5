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
