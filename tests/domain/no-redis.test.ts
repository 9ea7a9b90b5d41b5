import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

test('[P17] there is no Redis that the shop could lose: nothing of it is installed with the shop, or spoken to', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
  expect(Object.keys(dependencies).filter((name) => /redis|valkey/i.test(name))).toEqual([]);
  const files = globSync('{server,lib,bin}/**/*.{ts,tsx,mjs}', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(100);
  const speaking = files.filter((file) =>
    /from '[^']*(redis|valkey)[^']*'|rediss?:\/\//i.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(speaking).toEqual([]);
});
