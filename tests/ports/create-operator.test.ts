import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffSignIn, staffVerify } from '../../lib/contracts/identity.ts';
import { accepted } from '../support/browser.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let home: string;
beforeAll(async () => {
  database = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'festa-operator-'));
});
afterAll(async () => {
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

function createOperator(...args: string[]): Promise<{ code: number; out: string }> {
  const script = join(import.meta.dirname, '../../server/identity/create-operator.ts');
  const env = { ...process.env, FESTA_HOME: home, DATABASE_URL: database.url };
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? 1) : 0, out: `${stdout}${stderr}` }),
    );
  });
}

test('the first operator of one’s own database is made once, and signs in with the password that was shown', async () => {
  const made = await createOperator('Owner@shop.example', '店主');
  const password = /^Password (\S+)$/m.exec(made.out)?.[1] ?? '';
  expect([made.code, password.length]).toEqual([0, 16]);
  const again = await createOperator('owner@shop.example');
  expect([again.code, again.out]).toEqual([1, expect.stringContaining('has an account already')]);
  expect((await createOperator('owner')).out).toContain('is not an e-mail address');

  const edge = await identityEdge(database.db);
  const browser = edge.browser();
  const { sandboxCode } = accepted(await browser.call(staffSignIn, { email: 'owner@shop.example', password }));
  const { person } = accepted(await browser.call(staffVerify, { code: sandboxCode }));
  expect(person).toMatchObject({ role: 'operator', displayName: '店主', isDemo: false });
  expect(await database.db.query('select action, target from audit')).toEqual([
    { action: 'identity.createOperator', target: 'owner@shop.example' },
  ]);
  await edge.app.close();
});
