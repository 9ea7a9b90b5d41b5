import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { httpContracts, PROTOCOL_VERSION } from '../../lib/contracts/http.ts';
import { liveBroadcasts, liveCommands } from '../../lib/contracts/live.ts';
import { openApiDocument } from '../../server/platform/openapi.ts';

/** Everything that an installed app of some weeks ago relies on, as one text. */
function wireText(): string {
  const schema = (shape: z.ZodMiniType) => z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' });
  const http = httpContracts
    .map((c) => [c.name, c.method, c.path, c.who, schema(c.request), schema(c.value), c.refusals.map(schema)])
    .sort(([a], [b]) => String(a).localeCompare(String(b), 'en'));
  const up = Object.values(liveCommands).map((c) => [c.event, schema(c.request), schema(c.reply)]);
  const down = Object.values(liveBroadcasts).map((b) => [b.event, schema(b.payload)]);
  return JSON.stringify([http, up, down]);
}

test('[WIRE1] the wire has not changed since its version was set', () => {
  const hash = createHash('sha256').update(wireText()).digest('hex').slice(0, 12);
  // Red here? An installed app may be weeks old. If an old phone can ignore the change, update the hash. If it cannot,
  // also raise PROTOCOL_VERSION and say why in its docstring.
  expect([PROTOCOL_VERSION, hash]).toMatchInlineSnapshot(`
    [
      1,
      "7fed17ff8f06",
    ]
  `);
});

test('names and addresses are unique, commands are POST and reads are GET', () => {
  expect(new Set(httpContracts.map((c) => c.path)).size).toBe(httpContracts.length);
  for (const contract of httpContracts) {
    expect(contract.method).toBe(contract.kind === 'command' ? 'POST' : 'GET');
    if (contract.kind === 'public')
      expect([contract.who, contract.path.startsWith('/api/public/')]).toEqual(['anyone', true]);
  }
});

test('no request takes what its schema does not know', () => {
  for (const contract of httpContracts) {
    expect([
      contract.name,
      (z.toJSONSchema(contract.request) as { additionalProperties?: unknown }).additionalProperties,
    ]).toEqual([contract.name, false]);
  }
});

test('the OpenAPI document names every contract once', () => {
  const { paths } = openApiDocument(httpContracts, '1') as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
  expect(ids.sort()).toEqual(httpContracts.map((c) => c.name).sort());
});
