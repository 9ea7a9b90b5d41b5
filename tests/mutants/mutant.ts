/*
 * Words used here:
 *
 * - mutant:  the shop with one seeded bug, as exact edits of its source; it lives in a temporary copy of the tree only
 * - checker: the test that must turn red on it. A mutant that survives means that a test is missing
 */

export type Edit = { readonly file: string; readonly find: string; readonly replace: string };

export type Mutant = {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Test file, and what the names of its tests begin with or contain. */
  readonly checker: { readonly file: string; readonly tests: string };
};

/** A bug of one edit: its name, file, what is found and put there, and its checker: test file and test names. */
export type SeededBug = readonly [
  name: string,
  file: string,
  find: string,
  replace: string,
  checker: string,
  tests: string,
];

/** Applies one edit to a text. @throws when what it looks for is not there exactly once: the list must not rot. */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file}: found ${times} times, not once: ${find}`);
  return text.replace(find, () => replace);
}
