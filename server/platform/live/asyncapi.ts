import * as z from 'zod/mini';
import type { Schema } from '../../../lib/contracts/contract.ts';
import { liveBroadcasts, liveCommands, liveHttpCommands, liveTicketRead } from '../../../lib/contracts/live.ts';

const jsonSchema = (schema: Schema, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io, target: 'draft-7' });

/** What each event is for, one line each; an event without a line does not compile. */
const COMMAND_WORDS: Record<keyof typeof liveCommands, string> = {
  shelfWatch: 'All shelves that this page looks at from now on',
  shelfSnapshot: 'One shelf again, whole, after a gap',
  clockSample: 'The server’s time, for the clock',
  teamWatch: 'The team whose picture this page shows from now on; null: none',
  packetWatch: 'The growing packet whose picture this page shows from now on; null: none',
  studioWatch:
    'The campaign whose funnel this page of a marketer shows from now on, by the room that studio.live gave; null: none',
};
const BROADCAST_WORDS: Record<keyof typeof liveBroadcasts, string> = {
  stockChanged: 'What changed on one shelf in one tick; apply when version = have + 1 in the same epoch',
  stockSnapshot: 'A whole shelf at a version',
  heartbeat: 'Every 2 s: the edge is alive and this is its time',
  welcome: 'Once after connecting: the epoch, and how far to spread a reconnect',
  orderMoved: 'To one shopper: an order of his has moved; read it again',
  waitlistMoved: 'To one shopper: an entry of his in the waitlist has moved; read it again',
  teamChanged: 'To all who watch a team: its whole picture; apply it when its version is above what one has',
  packetChanged: 'To all who watch a packet: its whole picture; apply it when its version is above what one has',
  studioChanged: 'To all who watch a campaign: its whole funnel; apply it when its version is above what one has',
};

const refusal = {
  type: 'object',
  required: ['ok', 'refusal'],
  properties: {
    ok: { const: false },
    refusal: {
      type: 'object',
      required: ['code'],
      properties: { code: { enum: ['not_found', 'invalid_input'] } },
    },
  },
};

const message = (name: string) => ({ $ref: `#/components/messages/${name}` });
const inChannel = (name: string) => ({ $ref: `#/channels/live/messages/${name}` });

/** The AsyncAPI 3.0 document of the socket, made from the same contracts that guard it. */
export function asyncApiDocument(version: string): object {
  const messages: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const key of Object.keys(liveCommands) as (keyof typeof liveCommands)[]) {
    const { event, request, reply } = liveCommands[key];
    messages[key] = { name: event, summary: COMMAND_WORDS[key], payload: jsonSchema(request, 'input') };
    messages[`${key}Answer`] = {
      name: `${event} (acknowledgement)`,
      payload: {
        oneOf: [
          {
            type: 'object',
            required: ['ok', 'value'],
            properties: { ok: { const: true }, value: jsonSchema(reply, 'output') },
          },
          refusal,
        ],
      },
    };
    operations[key] = {
      action: 'receive',
      channel: { $ref: '#/channels/live' },
      summary: COMMAND_WORDS[key],
      messages: [inChannel(key)],
      reply: { channel: { $ref: '#/channels/live' }, messages: [inChannel(`${key}Answer`)] },
    };
  }
  for (const key of Object.keys(liveBroadcasts) as (keyof typeof liveBroadcasts)[]) {
    const { event, payload } = liveBroadcasts[key];
    messages[key] = { name: event, summary: BROADCAST_WORDS[key], payload: jsonSchema(payload, 'output') };
    operations[key] = {
      action: 'send',
      channel: { $ref: '#/channels/live' },
      summary: BROADCAST_WORDS[key],
      messages: [inChannel(key)],
    };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Festa live',
      version,
      description: `One socket per page: socket.io 4 (engine.io 4), websocket transport only. Opened with \`ticket\` in the query, from GET ${liveTicketRead.path}, within 5 s. Where it cannot open, GET /api/public/stock/{shelf} has the same pictures. ${liveHttpCommands.join(', ')} may be sent with an acknowledgement; request and answer are those of the OpenAPI document.`,
    },
    defaultContentType: 'application/json',
    channels: {
      live: {
        address: '/socket.io/',
        messages: Object.fromEntries(Object.keys(messages).map((name) => [name, message(name)])),
        bindings: {
          ws: {
            query: {
              type: 'object',
              required: ['EIO', 'transport', 'ticket'],
              properties: {
                EIO: { const: '4' },
                transport: { const: 'websocket' },
                ticket: { type: 'string' },
                locale: { enum: ['zh-CN', 'en-US'], description: 'The language of the sentences in refusals' },
              },
            },
          },
        },
      },
    },
    operations,
    components: { messages },
  };
}
