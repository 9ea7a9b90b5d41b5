import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { words } from '../../lib/messages/import.ts';
import { productRecordSchema, readFestaRecord } from '../../server/publish/import/festa.ts';

const published = JSON.parse(await readFile(new URL('../../docs/import.schema.json', import.meta.url), 'utf8'));
const accepts = new Ajv2020({ strict: false }).compile(published);

const label = fc.string({
  unit: fc.constantFrom('纯', '棉', 'a', 'Z', '7', '-', '%', '·'),
  minLength: 1,
  maxLength: 12,
});
const text = fc.oneof(label, fc.record({ zh: label, en: label }));
const price = fc.oneof(
  fc.constantFrom('899.00', '1,299.5', '¥12', '0.01'),
  fc.record({ fen: fc.integer({ min: 1, max: 1_000_000 }) }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = fc
  .record({
    handle: label,
    title: text,
    subtitle: maybe(text),
    description: maybe(text),
    category: maybe(fc.oneof(label, fc.record({ id: fc.constant('bedding'), name: text }))),
    attributes: maybe(fc.array(fc.record({ name: text, value: text }), { maxLength: 3 })),
    options: maybe(
      fc.constant([{ name: '颜色', values: ['红', { label: { zh: '蓝', en: 'Blue' }, swatch: '#0000ff' }] }]),
    ),
    pictures: maybe(fc.array(label, { maxLength: 3 })),
    listed: maybe(fc.boolean()),
    skus: fc.array(
      fc.record({
        code: label,
        choice: maybe(fc.array(label, { maxLength: 3 })),
        price,
        listPrice: maybe(price),
        stock: maybe(fc.nat(1000)),
        limitPerPerson: maybe(fc.integer({ min: 1, max: 99 })),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  // What JSON leaves out is left out.
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);

type Path = readonly (string | number)[];

function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, Array.isArray(value) ? Number(key) : key])),
  ];
}

/** A copy with the value at `path` replaced, or taken out. */
function changed(value: unknown, path: Path, to: unknown): unknown {
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined) return to ?? null;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>((at, key) => at[key] as Record<string | number, unknown>, copy);
  if (to === undefined && !Array.isArray(parent)) delete parent[last];
  else parent[last] = to === undefined ? null : to;
  return copy;
}

const isRead = (value: unknown) => readFestaRecord({ line: 1, text: JSON.stringify(value) }).fragment !== null;

describe('docs/import.schema.json', () => {
  test('is what the parser checks by', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(productRecordSchema())));
  });

  test('and the parser accept the same records', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(accepts(value), JSON.stringify(accepts.errors)).toBe(true);
        expect(isRead(value)).toBe(true);
      }),
    );
  });

  test('and the parser refuse the same records', () => {
    const wrong = fc.constantFrom<unknown>(
      undefined,
      null,
      12,
      12.5,
      -1,
      0,
      '',
      '12.345',
      '0.00',
      '100000000',
      '999,999,999',
      '99,999,999.99',
      '1,29',
      '-5',
      'red',
      true,
      [],
      {},
      ['x'],
      { fen: 0 },
      'x'.repeat(300),
    );
    let refused = 0;
    fc.assert(
      fc.property(record, wrong, fc.nat(), fc.boolean(), (value, to, pick, adds) => {
        const all = paths(value);
        const path = all[pick % all.length]!;
        const target = adds ? changed(value, ['surprise'], to) : changed(value, path, to);
        const verdict = accepts(target) as boolean;
        if (!verdict) refused++;
        expect([isRead(target), JSON.stringify(target)]).toEqual([verdict, JSON.stringify(target)]);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

test('docs/import.md says what each refusal and note means', async () => {
  const guide = await readFile(new URL('../../docs/import.md', import.meta.url), 'utf8');
  const { problems, notes } = words['zh-CN'];
  const untold = Object.keys({ ...problems, ...notes }).filter((code) => !guide.includes(`\`${code}\``));
  expect(untold).toEqual([]);
});
