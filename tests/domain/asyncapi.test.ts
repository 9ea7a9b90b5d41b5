import { expect, test } from 'vitest';
import { liveBroadcasts, liveCommands } from '../../lib/contracts/live.ts';
import { asyncApiDocument } from '../../server/platform/live/asyncapi.ts';

type Operation = { action: string; messages: { $ref: string }[]; reply?: { messages: { $ref: string }[] } };
const document = asyncApiDocument('1') as {
  asyncapi: string;
  operations: Record<string, Operation>;
  components: { messages: Record<string, { name: string; payload: { required?: string[] } }> };
};

test('every event of the contract is in the document, in its direction', () => {
  const names = (action: string) =>
    Object.entries(document.operations)
      .filter(([, operation]) => operation.action === action)
      .map(([key]) => document.components.messages[key]!.name)
      .sort();
  expect(names('receive')).toEqual(
    Object.values(liveCommands)
      .map(({ event }) => event)
      .sort(),
  );
  expect(names('send')).toEqual(
    Object.values(liveBroadcasts)
      .map(({ event }) => event)
      .sort(),
  );
});

test('every reference in the document leads somewhere', () => {
  const references: string[] = [];
  JSON.stringify(document, (key, value) => {
    if (key === '$ref') references.push(value);
    return value;
  });
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    let at: unknown = document;
    for (const part of reference.replace('#/', '').split('/')) at = (at as Record<string, unknown>)[part];
    expect(at, reference).toBeDefined();
  }
});

test('the request of a watch is described with its fields', () => {
  expect(document.components.messages.shelfWatch!.payload.required).toContain('shelves');
});
