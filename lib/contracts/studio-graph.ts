import * as z from 'zod/mini';
import { epochShape, idShape, read } from './contract.ts';
import { linkFacts, shareCodeShape } from './share.ts';
import { funnelShape } from './studio-figures.ts';
import { inCampaign, labelShape, unknownCampaign, unknownLink } from './studio-shapes.ts';

/* Who forwarded after whom, and how it is told live; words as in studio-shapes.ts. */

export const studioGraph = read('studio.graph', {
  who: 'marketer',
  token: 'read',
  summary:
    'Who forwarded after whom, in columns: a campaign’s links, or those below one of them, 50,000 at most, parents before children',
  isLarge: true,
  request: z.strictObject({ ...inCampaign, root: z.optional(shareCodeShape) }),
  value: z.object({
    asOf: epochShape,
    /** Links there are; more than the columns have when the graph was cut: then those that nobody visited, and the deepest, are left out. */
    total: z.int(),
    isCut: z.boolean(),
    /** When the first of them was made. */
    startedAt: epochShape,
    code: z.array(z.string()),
    /** Place of the parent in these columns; −1: a root, or the link that was asked for. */
    parent: z.array(z.int()),
    depth: z.array(z.int()),
    /** Seconds after `startedAt`. */
    createdAt: z.array(z.int()),
    visitors: z.array(z.int()),
    orders: z.array(z.int()),
    revenueFen: z.array(z.int()),
    /** Place in `labels`; −1: the shop. */
    label: z.array(z.int()),
    labels: z.array(z.string()),
    /** Places in `labels` that are names, not pseudonyms. */
    named: z.array(z.int()),
  }),
  refusals: [unknownCampaign, unknownLink],
});

export const studioSearch = read('studio.search', {
  who: 'marketer',
  token: 'read',
  summary: 'Links of a campaign by the beginning of a code or pseudonym, or by a part of a shown name or a note',
  request: z.strictObject({ ...inCampaign, query: z.string().check(z.trim(), z.minLength(2), z.maxLength(40)) }),
  value: z.object({
    links: z.array(z.object({ code: shareCodeShape, label: labelShape, depth: z.int(), visitors: z.int() })),
    /** There are more than the 50 that are answered. */
    isCut: z.boolean(),
  }),
  refusals: [unknownCampaign],
});

export const studioSubtree = read('studio.subtree', {
  who: 'marketer',
  token: 'read',
  summary: 'A link and what grew from it, generation by generation, 10,000 links at most',
  isLarge: true,
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({
    links: z.array(z.object({ ...linkFacts, parent: z.nullable(shareCodeShape), sharer: z.nullable(z.string()) })),
    isCut: z.boolean(),
  }),
  refusals: [unknownLink],
});

export const studioLive = read('studio.live', {
  who: 'marketer',
  summary: 'What opens the live room of a campaign on a socket (studio:watch)',
  request: z.strictObject(inCampaign),
  value: z.object({ room: z.string(), expiresAt: epochShape }),
  refusals: [unknownCampaign],
});

/** Up, with an acknowledgement: the campaign whose funnel this page shows from now on, by what `studio.live` gave. */
export const studioWatch = {
  event: 'studio:watch',
  request: z.strictObject({ room: z.nullable(z.string().check(z.maxLength(200))) }),
  /** False when the room’s time is over: ask `studio.live` again. */
  reply: z.object({ watching: z.boolean() }),
} as const;

/** Down, when something has changed, and every 5 s; the whole picture, to be applied when its version is above what one has. */
export const studioChanged = {
  event: 'studio:changed',
  payload: z.object({ campaignId: idShape, version: epochShape, ...funnelShape.shape }),
} as const;
