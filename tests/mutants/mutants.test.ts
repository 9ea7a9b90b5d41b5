import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyEdit } from './mutant.ts';
import { MUTANTS } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(MUTANTS)('the bug "$name" can still be seeded in exactly one place, and its checker is there', (mutant) => {
  for (const edit of mutant.edits) {
    const text = readFileSync(join(ROOT, edit.file), 'utf8');
    expect(applyEdit(text, edit)).not.toBe(text);
  }
  const { file, tests } = mutant.checker;
  expect(existsSync(join(ROOT, file))).toBe(true);
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(tests);
});

test('[P31] every bug has a name of its own, and there are at least 25', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(25);
});
