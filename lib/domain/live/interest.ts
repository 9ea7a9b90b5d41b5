/*
 * Which shelves a page should hear of. Parts of a page say what they show; a part that says where it is on the page
 * counts only while it is on screen.
 */

export type Claim = { setOnScreen(isOnScreen: boolean): void; release(): void };

export type Interest = {
  /** For as long as it is not released. `isPlaced`: counts only while on screen, and is not at first. */
  claim(shelves: readonly string[], isPlaced: boolean): Claim;
  /** The shelves to watch, those that most parts show first, no more than the socket may. */
  wanted(): string[];
};

type Count = { placed: number; onScreen: number; unplaced: number };

/** @param onChange called after each change; the caller gathers several into one. */
export function createInterest(max: number, onChange: () => void): Interest {
  const counts = new Map<string, Count>();

  function add(shelves: ReadonlySet<string>, key: keyof Count, by: 1 | -1): void {
    for (const shelf of shelves) {
      const count = counts.get(shelf) ?? { placed: 0, onScreen: 0, unplaced: 0 };
      count[key] += by;
      if (count.placed + count.unplaced === 0) counts.delete(shelf);
      else counts.set(shelf, count);
    }
  }

  return {
    claim(list, isPlaced) {
      const shelves = new Set(list);
      const kind = isPlaced ? 'placed' : 'unplaced';
      let [isOnScreen, isReleased] = [false, false];
      add(shelves, kind, 1);
      onChange();
      const setOnScreen = (next: boolean) => {
        if (isReleased || next === isOnScreen) return;
        isOnScreen = next;
        add(shelves, 'onScreen', next ? 1 : -1);
        onChange();
      };
      return {
        setOnScreen,
        release() {
          if (isReleased) return;
          setOnScreen(false);
          isReleased = true;
          add(shelves, kind, -1);
          onChange();
        },
      };
    },
    wanted: () =>
      [...counts]
        // A part that reads a shelf without a place counts only where no part says whether it is seen.
        .map(([shelf, { placed, onScreen, unplaced }]) => ({ shelf, seen: placed > 0 ? onScreen : unplaced }))
        .filter(({ seen }) => seen > 0)
        .sort((a, b) => b.seen - a.seen)
        .slice(0, max)
        .map(({ shelf }) => shelf),
  };
}
