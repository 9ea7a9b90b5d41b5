import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const promised = [...readFileSync(join(ROOT, 'docs/promises.md'), 'utf8').matchAll(/^\| ([A-Z]+-?\d+) \|/gm)].map(
  ([, id]) => id,
);

const kept = new Set(
  globSync('tests/**/*.{test,spec}.{ts,tsx}', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\[([A-Z]+-?\d+)\]/g)].map(([, id]) => id),
  ),
);

test('every promise has a test that carries its number', () => {
  expect(promised.length).toBeGreaterThan(0);
  expect(promised.filter((id) => !kept.has(id))).toEqual([]);
});

test('no test keeps a promise that nobody made', () => {
  expect([...kept].filter((id) => !promised.includes(id))).toEqual([]);
});
