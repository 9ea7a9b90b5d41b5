/** How many sheets lie on one another; each owns one history entry. */
export function sheetDepth(): number {
  return Number(history.state?.festaSheet ?? 0);
}

/** Whether an open sheet owns the newest history entry: then navigate by `replace`, so that Back skips the sheet. */
export function sheetIsOnTop(): boolean {
  return sheetDepth() > 0;
}

/** The entry of a sheet that has just closed, until it is taken away. */
let leaving: number | null = null;

/**
 * Adds a history entry for a sheet that opens, without a change of address. One that opens in the place of another, or
 * is set up twice by React's development checks, takes over the entry that was about to go.
 * @returns its depth
 */
export function enterSheet(): number {
  const depth = leaving ?? sheetDepth() + 1;
  if (leaving === null) history.pushState({ ...history.state, festaSheet: depth }, '');
  leaving = null;
  return depth;
}

/** Takes the entry of a closed sheet away, unless Back has done so. */
export function leaveSheet(depth: number): void {
  if (sheetDepth() !== depth) return;
  leaving = depth;
  queueMicrotask(() => {
    if (leaving === null) return;
    leaving = null;
    history.back();
  });
}
