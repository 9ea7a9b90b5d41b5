import * as z from 'zod/mini';
import { MODELS } from '../domain/sharing/attribution.ts';
import { command, epochShape, fenShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';

/*
 * Words used in this room:
 *
 * - share link: one forwarding of one page by one person, or by the shop; opens as `/s/<code>`
 * - visit:      one browser's opening of one link, once in an hour
 * - touch:      a visit in which the visitor did something on the page; only touches can earn
 * - credit:     who brought an order, with the visits that prove it
 */

export const shareCodeShape = z.string().check(z.length(17), z.regex(/^[0-9A-Za-z]+$/));
/** What a person or a marketer writes as the page; whether it is one of ours is the server's to say. */
const landingShape = z.string().check(z.minLength(1), z.maxLength(300));
const tagShape = z.string().check(z.trim(), z.maxLength(64));

const notOurPage = refusal('not_our_page');

export const shareLink = command('share.link', {
  who: 'shopper',
  summary: 'The shopper’s own link to a page of the shop; the same page again is the same link',
  request: z.strictObject({ key: keyShape, path: landingShape }),
  /** `depth`: how many people stand between him and the beginning of this spread. */
  value: z.object({ code: shareCodeShape, path: z.string(), depth: z.int() }),
  refusals: [notOurPage, refusal('too_many_links', { max: z.int() })],
});

export const shareTouch = command('share.touch', {
  who: 'anyone',
  summary: 'A visitor who came by a link did something on its page',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({}),
});

export const shareConsent = command('share.consent', {
  who: 'anyone',
  summary: 'Whether this browser may be counted; without consent what was kept of it is deleted',
  request: z.strictObject({ agrees: z.boolean() }),
  value: z.object({ agrees: z.boolean() }),
});

const linkFacts = {
  code: shareCodeShape,
  path: z.string(),
  landing: z.string(),
  depth: z.int(),
  madeAt: epochShape,
  opens: z.int(),
  visitors: z.int(),
};

export const shareMine = read('share.mine', {
  who: 'shopper',
  summary: 'The shopper’s links, newest first, with how often they were opened; never by whom',
  request: z.strictObject({}),
  value: z.object({ links: z.array(z.object(linkFacts)) }),
});

/* For marketers. */

const modelShape = z.enum(MODELS);

export const studioCampaigns = read('studio.campaigns', {
  who: 'marketer',
  summary: 'All campaigns of sharing',
  request: z.strictObject({}),
  value: z.object({
    campaigns: z.array(
      z.object({ id: idShape, name: localizedShape, model: modelShape, windowMs: z.int(), madeAt: epochShape }),
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
  summary: 'Makes a link of the shop in a campaign',
  request: z.strictObject({
    campaignId: idShape,
    landing: landingShape,
    channel: z.optional(tagShape),
    utmSource: z.optional(tagShape),
    utmMedium: z.optional(tagShape),
    note: z.optional(z.string().check(z.trim(), z.maxLength(200))),
    expiresAt: z.optional(epochShape),
  }),
  value: z.object({ code: shareCodeShape, path: z.string() }),
  refusals: [notOurPage, refusal('unknown_campaign')],
});

export const studioStopLink = command('studio.stopLink', {
  who: 'marketer',
  summary: 'Stops a link: whoever opens it is told so; what it earned stays',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({}),
  refusals: [refusal('unknown_link')],
});

export const studioFunnel = read('studio.funnel', {
  who: 'marketer',
  summary: 'A campaign from its links to its orders; docs/sharing.md says how each number is counted',
  request: z.strictObject({ campaignId: idShape }),
  value: z.object({
    links: z.int(),
    opens: z.int(),
    /** Browsers, counted per link. */
    visitors: z.int(),
    /** Browsers that did something, counted once. */
    touched: z.int(),
    /** Of those, the ones that turned out to be people. */
    joined: z.int(),
    orders: z.int(),
    vested: z.int(),
    refunded: z.int(),
    gmvFen: fenShape,
    refundedFen: fenShape,
    channels: z.array(z.object({ channel: z.string(), opens: z.int() })),
    depths: z.array(z.object({ depth: z.int(), links: z.int(), opens: z.int() })),
  }),
  refusals: [refusal('unknown_campaign')],
});

export const studioSpreaders = read('studio.spreaders', {
  who: 'marketer',
  summary: 'Who brought most visitors to a campaign, by a pseudonym of this campaign; the shop’s own links have none',
  request: z.strictObject({ campaignId: idShape }),
  value: z.object({
    spreaders: z.array(
      z.object({ sharer: z.nullable(z.string()), links: z.int(), opens: z.int(), visitors: z.int(), fen: fenShape }),
    ),
  }),
  refusals: [refusal('unknown_campaign')],
});

export const studioSubtree = read('studio.subtree', {
  who: 'marketer',
  summary: 'A link and what grew from it, generation by generation, 10,000 links at most',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({
    links: z.array(z.object({ ...linkFacts, parent: z.nullable(shareCodeShape), sharer: z.nullable(z.string()) })),
    isCut: z.boolean(),
  }),
  refusals: [refusal('unknown_link')],
});

/** What a change of the model would say of a campaign's orders, beside what they were counted by. */
export const studioModels = read('studio.models', {
  who: 'marketer',
  summary: 'A campaign’s orders by each model, per link: nothing that was counted changes',
  request: z.strictObject({ campaignId: idShape }),
  value: z.object({
    counted: modelShape,
    models: z.array(z.object({ model: modelShape, links: z.array(z.object({ code: shareCodeShape, fen: fenShape })) })),
  }),
  refusals: [refusal('unknown_campaign')],
});
