import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/postgres-global.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A poll's own second is short for a process that has to start first, on cores that others use too.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
});
