import * as z from 'zod/mini';
import { BULK_FAULTS } from '../domain/sharing/bulk-links.ts';
import { command, epochShape, fenShape, idShape, keyShape, read, refusal } from './contract.ts';
import { landingShape, linkFacts, notOurPage, shareCodeShape } from './share.ts';
import {
  campaignShape,
  inCampaign,
  labelShape,
  modelShape,
  tagShape,
  unknownCampaign,
  unknownLink,
} from './studio-shapes.ts';

/* Campaigns and their links; words as in studio-shapes.ts. */

export const studioCampaigns = read('studio.campaigns', {
  who: 'marketer',
  token: 'read',
  summary: 'All campaigns of sharing, newest first, with their main counts',
  request: z.strictObject({}),
  value: z.object({
    campaigns: z.array(
      z.extend(campaignShape, {
        links: z.int(),
        opens: z.int(),
        visitors: z.int(),
        orders: z.int(),
        gmvFen: fenShape,
        refundedFen: fenShape,
      }),
    ),
  }),
});

export const studioSaveCampaign = command('studio.saveCampaign', {
  who: 'marketer',
  summary: 'Makes a campaign; one that is there keeps its model, so that history stays as it was counted',
  request: z.strictObject({
    id: idShape,
    name: z.strictObject({
      zh: z.string().check(z.minLength(1), z.maxLength(60)),
      en: z.string().check(z.minLength(1), z.maxLength(60)),
    }),
    model: z.optional(modelShape),
    windowDays: z.optional(z.int().check(z.minimum(1), z.maximum(30))),
  }),
  value: z.object({ id: idShape }),
  refusals: [refusal('campaign_is_fixed')],
});

export const studioMakeLink = command('studio.makeLink', {
  who: 'marketer',
  token: 'links',
  summary: 'Makes a link of the shop in a campaign',
  request: z.strictObject({
    campaignId: idShape,
    landing: landingShape,
    /** The same key again is the same link. */
    key: z.optional(keyShape),
    channel: z.optional(tagShape),
    utmSource: z.optional(tagShape),
    utmMedium: z.optional(tagShape),
    utmCampaign: z.optional(tagShape),
    utmTerm: z.optional(tagShape),
    utmContent: z.optional(tagShape),
    note: z.optional(z.string().check(z.trim(), z.maxLength(200))),
    expiresAt: z.optional(epochShape),
  }),
  value: z.object({ code: shareCodeShape, path: z.string(), url: z.url() }),
  refusals: [notOurPage, unknownCampaign, refusal('expires_too_soon'), refusal('key_reused')],
});

export const studioStopLink = command('studio.stopLink', {
  who: 'marketer',
  token: 'links',
  summary: 'Stops a link: whoever opens it is told so; what it earned stays',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({}),
  refusals: [unknownLink],
});

const studioLinkShape = z.object({
  ...linkFacts,
  /** Who made it; null: the shop. */
  label: labelShape,
  channel: z.nullable(z.string()),
  utmSource: z.nullable(z.string()),
  utmMedium: z.nullable(z.string()),
  utmCampaign: z.nullable(z.string()),
  utmTerm: z.nullable(z.string()),
  utmContent: z.nullable(z.string()),
  note: z.string(),
  expiresAt: z.nullable(epochShape),
  stoppedAt: z.nullable(epochShape),
  /** Links that were made by people who came through it. */
  children: z.int(),
  touched: z.int(),
  /** Orders that it has a part in, and its part of their money. */
  orders: z.int(),
  fen: fenShape,
});

export const studioLinks = read('studio.links', {
  who: 'marketer',
  token: 'read',
  summary: 'Links of a campaign, newest first, 50 at a time',
  request: z.strictObject({
    ...inCampaign,
    /** `own` (left out: the same): those of the shop. `all`: those of people, too. */
    whose: z.optional(z.enum(['own', 'all'])),
    /** What the last page gave as `next`. */
    after: z.optional(idShape),
  }),
  value: z.object({ links: z.array(studioLinkShape), next: z.nullable(idShape) }),
  refusals: [unknownCampaign],
});

/** One link and how it was come to. */
export const studioLink = read('studio.link', {
  who: 'marketer',
  token: 'read',
  summary: 'One link of the graph, with those above it up to the root',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({
    campaignId: idShape,
    link: studioLinkShape,
    /** From its root down to its parent. */
    above: z.array(z.object({ code: shareCodeShape, label: labelShape, depth: z.int() })),
  }),
  refusals: [unknownLink],
});

export const studioBulkLinks = command('studio.bulkLinks', {
  who: 'marketer',
  token: 'links',
  summary:
    'Links from a CSV file with a header (landing, channel, utm_source, utm_medium, utm_campaign, utm_term, utm_content, note, expires_at): tried out, or made, all or none',
  request: z.strictObject({
    ...inCampaign,
    /** The same key with the same file again makes nothing twice. */
    key: keyShape,
    csv: z.string().check(z.maxLength(1_000_000)),
    /** False: only look. */
    commit: z.boolean(),
    /** Rows with a fault are left out; otherwise one fault makes none. */
    skipFaulty: z.boolean(),
  }),
  value: z.object({
    isDone: z.boolean(),
    rows: z.int(),
    good: z.int(),
    /** By line of the file, from 1; the first 500. `column` null: the row as a whole. */
    faults: z.array(
      z.object({ line: z.int(), column: z.nullable(z.string()), fault: z.enum(BULK_FAULTS), value: z.string() }),
    ),
    faultCount: z.int(),
    /** What was made; before that what would be, with null for the code. */
    links: z.array(
      z.object({
        line: z.int(),
        landing: z.string(),
        code: z.nullable(shareCodeShape),
        path: z.nullable(z.string()),
        url: z.nullable(z.url()),
      }),
    ),
  }),
  refusals: [
    unknownCampaign,
    refusal('key_reused'),
    refusal('csv_unreadable', { line: z.int() }),
    refusal('csv_too_long', { max: z.int() }),
  ],
  bodyBytesMax: 4_000_000,
});
