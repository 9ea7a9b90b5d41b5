import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, unnest } from '../../server/platform/columns.ts';
import { openPace } from '../../server/platform/pace.ts';
import { openSequencer } from '../../server/platform/sequencer.ts';
import { testDatabase } from '../support/postgres.ts';

const LIMITS = { batchMin: 10, batchMax: 400, batchMsMax: 50, lingerMsMax: 2 };

test('a batch that takes too long makes the next ones smaller, and full quick ones make them larger, within limits', () => {
  const pace = openPace(LIMITS);
  expect(pace.limit()).toBe(400);
  for (let batch = 0; batch < 50; batch += 1) pace.landed(pace.limit(), 80);
  expect(pace.limit()).toBe(10);
  for (let batch = 0; batch < 50; batch += 1) pace.landed(pace.limit(), 20);
  expect(pace.limit()).toBe(400);
});

test('a lone command never waits for company; in a rush the wait is short and ends when the batch is full', () => {
  const pace = openPace(LIMITS);
  pace.arrived(0);
  expect(pace.lingerMs(1)).toBe(0);
  pace.arrived(5_000);
  expect(pace.lingerMs(1)).toBe(0);
  for (let at = 0; at < 400; at += 1) pace.arrived(10_000 + at * 0.1);
  expect(pace.lingerMs(4)).toBeGreaterThan(0);
  expect(pace.lingerMs(4)).toBeLessThanOrEqual(2);
  expect(pace.lingerMs(400)).toBe(0);
  expect(pace.lingerMs(200)).toBe(0);
});

/** A store whose commands set a key; the first writer of a key wins, and some commands are poison. */
function openStore(batchMax: number, pace?: typeof LIMITS) {
  const values = new Map<string, number>();
  const batches: number[] = [];
  const sequencer = openSequencer<{ key: string; value: number }, number>({
    settle: async (batch) => {
      batches.push(batch.length);
      if (new Set(batch.map(({ key }) => key)).size < batch.length) throw new Error('one key twice in a batch');
      if (batch.some(({ value }) => value < 0)) throw new Error('poison');
      await Promise.resolve();
      return batch.map(({ key, value }) => {
        if (!values.has(key)) values.set(key, value);
        return values.get(key)!;
      });
    },
    keyOf: ({ key }) => key,
    batchMax,
    queueMax: 10_000,
    ...(pace ? { pace } : {}),
  });
  return { sequencer, values, batches };
}

test('[R-18] whatever is asked at once, every command is answered once, as the first of its key decided; poison stands alone', async () => {
  const command = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    value: fc.integer({ min: -1, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 60 }), fc.integer({ min: 1, max: 16 }), async (commands, size) => {
      const { sequencer, values } = openStore(size, LIMITS);
      const answers = await Promise.allSettled(commands.map((one) => sequencer.submit(one)));
      await sequencer.drain();
      expect(sequencer.depth()).toBe(0);
      for (const [index, { key, value }] of commands.entries()) {
        const answer = answers[index]!;
        if (value < 0) expect(answer.status).toBe('rejected');
        else expect(answer).toEqual({ status: 'fulfilled', value: values.get(key) });
        const first = commands.find((one) => one.key === key && one.value >= 0);
        if (first) expect(values.get(key)).toBe(first.value);
      }
    }),
    { numRuns: 200 },
  );
});

test('what arrives while a batch is in flight is settled together', async () => {
  const { sequencer, batches } = openStore(400);
  const first = sequencer.submit({ key: 'first', value: 1 });
  await Promise.resolve();
  const rest = Array.from({ length: 300 }, (_, n) => sequencer.submit({ key: `k${n}`, value: n }));
  await Promise.all([first, ...rest]);
  expect(batches.length).toBeLessThanOrEqual(2);
});

/** A store whose batches land when they are let go. */
function openSlowStore() {
  const batches: string[][] = [];
  const land: (() => void)[] = [];
  const sequencer = openSequencer<{ owner: string; n: number }, number>({
    settle: async (batch) => {
      batches.push(batch.map(({ owner }) => owner));
      await new Promise<void>((resolve) => {
        land.push(resolve);
      });
      return batch.map(({ n }) => n);
    },
    keyOf: ({ owner, n }) => `${owner}|${n}`,
    batchMax: 400,
    queueMax: 10_000,
    pace: { ...LIMITS, lingerMsMax: 0 },
  });
  return { sequencer, batches, land };
}
const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('a crowd that comes again when it is answered is taken in halves, not in a large and a small batch', async () => {
  const { sequencer, batches, land } = openSlowStore();
  let landed = 0;
  const ask = (owner: string, times: number): Promise<unknown> =>
    sequencer.submit({ owner, n: times }).then(() => times > 1 && ask(owner, times - 1));
  const early = Array.from({ length: 300 }, (_, n) => ask(`early-${n}`, 6));
  await turns();
  const late = Array.from({ length: 100 }, (_, n) => ask(`late-${n}`, 6));
  const all = Promise.all([...early, ...late]).then(() => true);
  while (!(await Promise.race([all, turns().then(() => false)]))) {
    land[landed]?.();
    landed += 1;
  }
  expect(batches.flat().length).toBe(2_400);
  for (const { length } of batches.slice(2, 8)) {
    expect(length).toBeGreaterThanOrEqual(120);
    expect(length).toBeLessThanOrEqual(280);
  }
});

test('arrays of columns come back from Postgres as the rows that went in, whatever stands in them', async () => {
  const { db, drop } = await testDatabase();
  try {
    const columns = { id: 'integer', a: 'text', n: 'integer', b: 'bigint', j: 'jsonb', k: 'uuid' } as const;
    const text = fc
      .string({ unit: 'binary' })
      .map((one) => one.replaceAll('\u0000', '').toWellFormed())
      .chain((one) => fc.constantFrom(one, 'null', 'NULL', '', '{}', ',', '"', '\\', 'a b', '双十一'));
    const row = fc.record({
      id: fc.integer(),
      a: fc.option(text),
      n: fc.option(fc.integer()),
      b: fc.option(fc.maxSafeInteger()),
      j: fc.option(fc.oneof(text, fc.integer(), fc.record({ t: text, l: fc.array(text) }))),
      k: fc.option(fc.uuid()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const back = await db.query(`select * from ${unnest('t', columns, 1)}`, columnsOf(columns, rows));
        expect(back).toEqual(rows.map((one) => ({ ...one })));
      }),
      { numRuns: 100 },
    );
  } finally {
    await drop();
  }
});

test('plans of hot transactions look rows up by index though they were made on empty tables', async () => {
  const { db, drop } = await testDatabase();
  try {
    await db.query('create table thing (id integer primary key, name text)');
    const sql = 'select name from thing where id = any ($1::integer[])';
    const planOf = () =>
      db.hotTransaction(async (tx) => {
        await tx.query(sql, [[1]]);
        const rows = await tx.query<{ 'QUERY PLAN': string }>(`explain execute ${await nameOf(tx)}('{1,2}')`);
        return rows.map((one) => one['QUERY PLAN']).join('\n');
      });
    const nameOf = async (tx: { query<R>(text: string): Promise<R[]> }) =>
      (
        await tx.query<{ name: string }>(
          `select name from pg_prepared_statements where statement like 'select name from thing%'`,
        )
      )[0]!.name;
    expect(await planOf()).toMatch(/Index|Bitmap/);
    await db.query(`insert into thing select n, 'x' from generate_series(1, 20000) n`);
    expect(await planOf()).toMatch(/Index|Bitmap/);
  } finally {
    await drop();
  }
});
