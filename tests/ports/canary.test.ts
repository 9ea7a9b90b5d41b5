import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { plantFrauds, startCanary, watchControls } from '../../server/risk/canary.ts';
import { isGateClosed, liftGate, openLiftedGate } from '../../server/risk/gate.ts';
import type { Risk } from '../../server/risk/service.ts';
import { testDatabase } from '../support/postgres.ts';
import { askOf, putPerson, riskOf } from '../support/risk.ts';

const log = openLog('silent');
let db: Database;
let drop: () => Promise<void>;
let risk: Risk;
let passed = 0;
const deps = () => ({ db, risk, log, onPass: () => (passed += 1) });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  risk = riskOf(db);
  await putPerson(db, 'honest');
});
afterAll(async () => {
  await risk.drain();
  await drop();
});
beforeEach(async () => {
  passed = 0;
  await db.query('update risk_gate set closed_because = null, closed_at = null, lift_by = null, opens_at = null');
  await db.query('delete from risk_control');
});

/** What becomes of an ordinary person's reward now. */
async function given(): Promise<string> {
  const verdict = await risk.decide(askOf('honest'));
  return verdict.kind === 'go' ? (verdict.hold ? 'held' : 'free') : verdict.kind;
}

/** The control has died in silence: what it counts is written nowhere, and nobody is told. */
async function whileNothingIsCounted(work: () => Promise<void>): Promise<void> {
  await db.query(`create function forget() returns trigger language plpgsql as 'begin return null; end'`);
  await db.query('create trigger forget before insert on risk_use for each row execute function forget()');
  try {
    await work();
  } finally {
    await db.query('drop trigger forget on risk_use');
    await db.query('drop function forget');
  }
}

/** The database's clock goes on while no worker runs. */
const minutesLater = (minutes: number) =>
  db.query(`update risk_control set reported_at = reported_at - $1 * interval '1 minute'`, [minutes]);

const leftovers = async () =>
  db.query(
    `select 'decision' as what from risk_decision where shopper_id like 'canary-%'
     union all select 'use' from risk_use where shopper_id like 'canary-%'
     union all select 'payer' from risk_payer where shopper_id like 'canary-%'
     union all select 'tie' from risk_tie where a like 'canary-%'
     union all select 'coupon' from coupon where shopper_id like 'canary-%'`,
  );

test('[T-10] each planted fraud is stopped by a living control, and leaves nothing that could be used or that anybody must look at', async () => {
  expect(await plantFrauds({ db, risk })).toEqual(
    ['device', 'payer', 'ring', 'work'].map((name) => ({ name, gotThrough: false })),
  );
  expect(await leftovers()).toEqual([]);
  const sessions = await db.query(`select 1 from person_credential where person_id like 'canary-%'`);
  expect(sessions).toEqual([]);
});

test('[T-10] a control that has died in silence is found by a planted fraud: rewards are held for everybody, it is counted, and two people lift it', async () => {
  await watchControls(deps());
  expect(await given()).toBe('free');
  await whileNothingIsCounted(() => watchControls(deps()));
  expect(passed).toBeGreaterThan(0);
  expect(await isGateClosed(db)).toBe(true);
  expect(await given()).toBe('held');

  // Alive again; it stays closed until people have looked.
  await watchControls(deps());
  expect(await given()).toBe('held');
  for (const by of ['Anna', 'Bao']) {
    await db.transaction((tx) => liftGate(tx, { by, reason: 'mended', isAlone: false, delayMs: 0 }));
  }
  await openLiftedGate(db);
  expect(await given()).toBe('free');
});

test('[T-10] a worker that plants no frauds any more stops rewards within ten minutes, and they go on when it is back', async () => {
  const canary = startCanary(deps());
  await expect.poll(async () => (await db.query('select 1 from risk_control')).length, { timeout: 25_000 }).toBe(1);
  await canary.stop();
  expect(await given()).toBe('free');
  await minutesLater(9);
  expect(await given()).toBe('free');
  await minutesLater(1.1);
  expect(await given()).toBe('held');
  await watchControls(deps());
  expect(await given()).toBe('free');
});

test('[T-10] what an operator has turned off on purpose is no dead control', async () => {
  await db.query(
    `insert into risk_mode (mechanic, mode, by, reason) values ('team', 'observe', 'Anna', 'a quiet start')`,
  );
  expect((await plantFrauds({ db, risk })).map(({ name }) => name)).toEqual(['payer', 'work']);
  await db.query('delete from risk_mode');
  await db.query(
    `insert into risk_rule (code, is_shadow, by, reason) values ('circle_dense', true, 'Anna', 'dormitories')`,
  );
  expect((await plantFrauds({ db, risk })).map(({ name, gotThrough }) => [name, gotThrough])).toEqual([
    ['device', false],
    ['payer', false],
    ['work', false],
  ]);
  await db.query('delete from risk_rule');
});
