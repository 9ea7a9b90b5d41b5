/** How many sheets lie on one another; each owns one history entry. */
export function sheetDepth(): number {
  return Number(history.state?.festaSheet ?? 0);
}

/** Whether an open sheet owns the newest history entry: then navigate by `replace`, so that Back skips the sheet. */
export function sheetIsOnTop(): boolean {
  return sheetDepth() > 0;
}
