import * as z from 'zod/mini';
import { epochShape, idShape, publicRead, read } from './contract.ts';
import { packetChanged, packetWatch } from './packet.ts';
import { studioChanged, studioWatch } from './studio-graph.ts';
import { teamChanged, teamWatch } from './team.ts';

/*
 * Words used in this room:
 *
 * - board:    the latest value of every SKU, held by an edge
 * - frame:    what changed on one shelf in one tick, encoded once for all phones
 * - version:  counts a shelf's frames within an epoch; an epoch is one life of one board
 * - snapshot: a whole shelf at a version
 *
 * Every acknowledgement is `{ok:true, value: reply}` or `{ok:false, refusal: {code, …}}`, as on HTTP: `not_found` for an
 * unknown event, `invalid_input` for content that the schema does not know.
 */

/**
 * `[shelf, epoch, version, cells]`: apply when version = have + 1 in the same epoch; a gap asks for a snapshot once.
 * A cell is one SKU's numbers, five in a row: `slot, available, total, tierIndex, tierLeft`. `available` and `total` in
 * units, `total` = on hand + sold. `tierIndex` is the lowest tier with an open slot (−1: none) and `tierLeft` the open
 * slots in it.
 */
const stockFrameShape = z.tuple([idShape, z.string(), z.int(), z.array(z.int())]);

/**
 * Up, with an acknowledgement: all that this page looks at from now on, at most 8 shelves; what is left out is no
 * longer sent. `have` is what the phone still holds.
 */
export const shelfWatch = {
  event: 'shelf:watch',
  request: z.strictObject({
    shelves: z
      .array(
        z.strictObject({
          id: idShape,
          have: z.optional(z.strictObject({ epoch: z.string().check(z.maxLength(40)), version: z.int() })),
        }),
      )
      .check(z.maxLength(8)),
    /** The page is in the background: once a second is enough. */
    background: z.optional(z.boolean()),
  }),
  /** The shelves that are watched now; unknown ones are left out. */
  reply: z.object({ watching: z.array(idShape) }),
} as const;

/** Up, with an acknowledgement: one shelf again, whole; asked after a gap. */
export const shelfSnapshot = {
  event: 'shelf:snapshot',
  request: z.strictObject({ id: idShape }),
  reply: z.object({ frame: z.nullable(stockFrameShape) }),
} as const;

/** Up, with an acknowledgement: a clock sample. */
export const clockSample = {
  event: 'clock:sample',
  request: z.strictObject({}),
  reply: z.object({ receivedAt: z.number(), sentAt: z.number() }),
} as const;

/** Down. */
export const stockChanged = { event: 'stock:changed', payload: stockFrameShape } as const;
export const stockSnapshot = { event: 'stock:snapshot', payload: stockFrameShape } as const;
/** Down, every 2 s: the edge is alive and this is its time. */
export const heartbeat = { event: 'live:heartbeat', payload: z.object({ now: z.number() }) } as const;
/** Down, once after connecting: how far to spread a reconnect, ms. */
export const welcome = { event: 'live:welcomed', payload: z.object({ epoch: z.string(), spreadMs: z.int() }) } as const;
/** Down, to one shopper: an order of his has moved; the page reads it again. */
export const orderMoved = {
  event: 'order:moved',
  payload: z.object({ orderId: idShape, state: z.string(), sequence: z.int() }),
} as const;
/** Down, to one shopper: an entry of his in the waitlist has moved; the page reads it again. */
export const waitlistMoved = {
  event: 'waitlist:moved',
  payload: z.object({ entryId: idShape, skuId: idShape, state: z.string() }),
} as const;

/**
 * Up, with an acknowledgement: commands of the HTTP wire that a page may send over its open socket, by the same contract,
 * to the same handler and under the same limits. What is longer than a message may be goes by HTTP, and so does a repeat,
 * with the same key, when no acknowledgement came.
 */
export const liveHttpCommands = [
  'order.submit',
  'coupon.claim',
  'team.open',
  'team.join',
  'team.openShare',
  'packet.issue',
  'packet.accept',
  'packet.visit',
] as const;

export const liveCommands = { shelfWatch, shelfSnapshot, clockSample, teamWatch, packetWatch, studioWatch } as const;
export const liveBroadcasts = {
  stockChanged,
  stockSnapshot,
  heartbeat,
  welcome,
  orderMoved,
  waitlistMoved,
  teamChanged,
  packetChanged,
  studioChanged,
} as const;

/** The stateless, signed ticket that a socket presents within 5 s; no database row. */
export const liveTicketRead = read('live-ticket', {
  who: 'anyone',
  summary: 'A ticket that opens one socket',
  request: z.strictObject({}),
  value: z.object({ ticket: z.string(), expiresAt: epochShape }),
});

/** Where a socket cannot open: the same picture, kept by the CDN for a second. Served at /api/public/stock/<shelf>. */
export const stockRead = publicRead('stock', {
  summary: 'One shelf as a snapshot frame',
  sharedSeconds: 1,
  inPath: 'shelf',
  request: z.strictObject({ shelf: idShape }),
  value: z.object({ frame: stockFrameShape, asOf: epochShape }),
});

/** Never cached: a clock sample where the socket cannot open. */
export const timeRead = read('time', {
  who: 'anyone',
  summary: 'The server’s time',
  request: z.strictObject({}),
  value: z.object({ receivedAt: z.number(), sentAt: z.number() }),
});
