import * as z from 'zod/mini';
import { MODELS } from '../domain/sharing/attribution.ts';
import { BULK_FAULTS } from '../domain/sharing/bulk-links.ts';
import { PROBE_FAULTS } from '../domain/sharing/share-domain.ts';
import { EXPORTS, TOKEN_SCOPES } from '../domain/sharing/studio.ts';
import { command, epochShape, fenShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';
import { landingShape, linkFacts, notOurPage, shareCodeShape } from './share.ts';

/*
 * What marketers make and read. Words as in share.ts, and:
 *
 * - own link:  a link of the shop, made by a marketer; the root of a tree
 * - label:     who made a link: the name he agreed to show, else a pseudonym of this campaign; null for the shop
 * - counted:   how each number is counted is said in lib/messages/studio-counted.ts and docs/sharing.md
 *
 * Every read is for operators, too. Reads, and making and stopping links, may be asked with a token of the API.
 */

const modelShape = z.enum(MODELS);
const tagShape = z.string().check(z.trim(), z.maxLength(64));
const inCampaign = { campaignId: idShape };
const unknownCampaign = refusal('unknown_campaign');
const unknownLink = refusal('unknown_link');
const labelShape = z.nullable(z.string());

/* Campaigns. */

const campaignShape = z.object({
  id: idShape,
  name: localizedShape,
  model: modelShape,
  windowMs: z.int(),
  madeAt: epochShape,
  /** Not the shop's own one, which always is there and cannot be changed. */
  isEditable: z.boolean(),
});

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

/* Links. */

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

/* Numbers. */

export const funnelShape = z.object({
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
  /** What of it went back, of whole and of partly returned orders. */
  refundedFen: fenShape,
  /** What of it can no longer go back. */
  vestedFen: fenShape,
  channels: z.array(z.object({ channel: z.string(), opens: z.int() })),
  depths: z.array(z.object({ depth: z.int(), links: z.int(), opens: z.int() })),
});
export type Funnel = z.output<typeof funnelShape>;

export const studioFunnel = read('studio.funnel', {
  who: 'marketer',
  token: 'read',
  summary: 'A campaign from its links to its orders; docs/sharing.md says how each number is counted',
  request: z.strictObject(inCampaign),
  /** `version`: the database’s time of this picture; apply it when it is above what one has. */
  value: z.object({ version: epochShape, ...funnelShape.shape }),
  refusals: [unknownCampaign],
});

/** A part of a whole with its 95 % interval (Wilson); `of` 0: nothing is known, 0 to 1. */
const rateShape = z.object({ hits: z.int(), of: z.int(), value: z.number(), low: z.number(), high: z.number() });

const figuresShape = z.object({
  /** Generations: 0 are roots. */
  depths: z.array(
    z.object({
      depth: z.int(),
      links: z.int(),
      opens: z.int(),
      visitors: z.int(),
      orders: z.int(),
      fen: fenShape,
    }),
  ),
  /**
   * New sharers that a sharer brings, by those who first shared at least `ripeMs` ago. `value`, `low` and `high` (95 %)
   * are null while there is no such sharer.
   */
  k: z.object({
    value: z.nullable(z.number()),
    low: z.nullable(z.number()),
    high: z.nullable(z.number()),
    sharers: z.int(),
    brought: z.int(),
    /** Who shared more recently: not looked at yet. */
    recent: z.int(),
    ripeMs: z.int(),
  }),
  /** After the busiest hour, ms until half of all later opens had come; null: nothing was opened after it. */
  halfLife: z.object({ ms: z.nullable(z.int()), peakAt: z.nullable(epochShape), opensAfter: z.int() }),
  /** Opens by clock hour, oldest first, the last 720 hours in which there were any. */
  hours: z.array(z.object({ at: epochShape, opens: z.int() })),
  rates: z.object({
    /** Of the opens, those in which something was done on the page. */
    touched: rateShape,
    /** Of the browsers that did something, those whose person is known. */
    joined: rateShape,
    /** Of those people, the ones who paid an order. */
    ordered: rateShape,
    /** Of the credited orders, those that went back as a whole. */
    refunded: rateShape,
  }),
});
export type Figures = z.output<typeof figuresShape>;

export const studioFigures = read('studio.figures', {
  who: 'marketer',
  token: 'read',
  summary: 'How a campaign spreads: generations, K with its interval, half-life, rates',
  request: z.strictObject(inCampaign),
  value: z.object({ asOf: epochShape, ...figuresShape.shape }),
  refusals: [unknownCampaign],
});

const comparedShape = z.object({ campaign: campaignShape, funnel: funnelShape, figures: figuresShape });

export const studioCompare = read('studio.compare', {
  who: 'marketer',
  token: 'read',
  summary: 'Two campaigns beside each other',
  request: z.strictObject({ left: idShape, right: idShape }),
  value: z.object({ asOf: epochShape, left: comparedShape, right: comparedShape }),
  refusals: [unknownCampaign],
});

export const studioChannels = read('studio.channels', {
  who: 'marketer',
  token: 'read',
  summary: 'Channels by the campaign tags of the shop’s link that a visit descends from',
  request: z.strictObject(inCampaign),
  value: z.object({
    /** Most visitors first, 500 at most; tags are null where the shop’s link has none. */
    rows: z.array(
      z.object({
        channel: z.string(),
        utmSource: z.nullable(z.string()),
        utmMedium: z.nullable(z.string()),
        utmCampaign: z.nullable(z.string()),
        opens: z.int(),
        visitors: z.int(),
        touched: z.int(),
        orders: z.int(),
        fen: fenShape,
      }),
    ),
    isCut: z.boolean(),
  }),
  refusals: [unknownCampaign],
});

export const studioSpreaders = read('studio.spreaders', {
  who: 'marketer',
  token: 'read',
  summary: 'Who brought most visitors to a campaign, by a pseudonym of this campaign; the shop’s own links have none',
  request: z.strictObject(inCampaign),
  value: z.object({
    spreaders: z.array(
      z.object({
        /** Pseudonym; null: the shop. */
        sharer: z.nullable(z.string()),
        /** The name that he agreed to show. */
        name: z.nullable(z.string()),
        links: z.int(),
        opens: z.int(),
        visitors: z.int(),
        /** Links that were made by people who came through his. */
        children: z.int(),
        orders: z.int(),
        fen: fenShape,
      }),
    ),
  }),
  refusals: [unknownCampaign],
});

/** What a change of the model would say of a campaign's orders, beside what they were counted by. */
export const studioModels = read('studio.models', {
  who: 'marketer',
  token: 'read',
  summary: 'A campaign’s orders by each model, per link: nothing that was counted changes',
  request: z.strictObject(inCampaign),
  value: z.object({
    counted: modelShape,
    models: z.array(z.object({ model: modelShape, links: z.array(z.object({ code: shareCodeShape, fen: fenShape })) })),
  }),
  refusals: [unknownCampaign],
});

/* The graph. */

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

/* Live. */

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

/* To take away. */

export const studioExport = read('studio.export', {
  who: 'marketer',
  token: 'export',
  summary: 'A table of a campaign as a file: pseudonyms and shown names, never a phone number or an account',
  isLarge: true,
  request: z.strictObject({ ...inCampaign, what: z.enum(EXPORTS), format: z.enum(['csv', 'json']) }),
  value: z.object({
    fileName: z.string(),
    contentType: z.string(),
    text: z.string(),
    rows: z.int(),
    isCut: z.boolean(),
  }),
  refusals: [unknownCampaign],
});

const tokenShape = z.object({
  id: idShape,
  name: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  /** How it begins, to know it by. */
  start: z.string(),
  madeBy: z.string(),
  madeAt: epochShape,
  expiresAt: epochShape,
  /** To within a minute. */
  lastUsedAt: z.nullable(epochShape),
  revokedAt: z.nullable(epochShape),
});

export const studioTokens = read('studio.tokens', {
  who: 'marketer',
  summary: 'Tokens of the API, newest first; what they are is shown once, when they are made',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, tokens: z.array(tokenShape) }),
});

export const studioMakeToken = command('studio.makeToken', {
  who: 'marketer',
  summary: 'Makes a token of the API; the answer is the only place where it ever is',
  request: z.strictObject({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    scopes: z.array(z.enum(TOKEN_SCOPES)).check(z.minLength(1), z.maxLength(TOKEN_SCOPES.length)),
    days: z.int().check(z.minimum(1), z.maximum(365)),
  }),
  value: z.object({ id: idShape, token: z.string(), expiresAt: epochShape }),
  refusals: [refusal('too_many_tokens', { max: z.int() })],
});

export const studioRevokeToken = command('studio.revokeToken', {
  who: 'marketer',
  summary: 'Ends a token at once; ending it again changes nothing',
  request: z.strictObject({ id: idShape }),
  value: z.object({}),
  refusals: [refusal('unknown_token')],
});

/* Share domains. */

const probeShape = z.object({ at: epochShape, isOk: z.boolean(), why: z.nullable(z.enum(PROBE_FAULTS)) });

const domainShape = z.object({
  /** With its port, when it has one of its own. */
  host: z.string(),
  /** `own`: the shop’s own address, always there. */
  state: z.enum(['own', 'ready', 'retired']),
  /** Links are shown with it from now on. */
  isCurrent: z.boolean(),
  addedAt: z.nullable(epochShape),
  /** In the last 24 hours: links handed out with it; openings that came by it, and those in WeChat. */
  shares: z.int(),
  opens: z.int(),
  wechatOpens: z.int(),
  probe: z.nullable(probeShape),
  /** Openings have dropped against what was handed out: the domain may be blocked (in WeChat, or altogether). */
  suspicion: z.nullable(
    z.object({ of: z.enum(['all', 'wechat']), seen: z.int(), expected: z.number(), hours: z.int() }),
  ),
});

export const studioDomains = read('studio.domains', {
  who: 'marketer',
  summary: 'The share domains, which of them links are shown with, and how they are',
  request: z.strictObject({}),
  value: z.object({
    asOf: epochShape,
    domains: z.array(domainShape),
    /** Newest first, 50 at most; null: the shop’s own address. */
    switches: z.array(
      z.object({
        at: epochShape,
        from: z.nullable(z.string()),
        to: z.nullable(z.string()),
        by: z.string(),
        reason: z.string(),
      }),
    ),
  }),
});

const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const hostShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(255));

export const opsAddShareDomain = command('ops.addShareDomain', {
  who: 'operator',
  summary: 'Adds a domain that leads here: links are answered on it; none is shown with it yet',
  request: z.strictObject({ host: hostShape }),
  value: z.object({ host: z.string() }),
  refusals: [refusal('domain_wrong'), refusal('too_many_domains', { max: z.int() })],
});

export const opsSwitchShareDomain = command('ops.switchShareDomain', {
  who: 'operator',
  summary:
    'From now on links are shown with this domain; null: with the shop’s own address. Old ones go on leading here',
  request: z.strictObject({
    host: z.nullable(hostShape),
    reason: reasonShape,
    /** Also when the domain does not answer a question of ours. */
    anyway: z.optional(z.boolean()),
  }),
  value: z.object({}),
  refusals: [refusal('unknown_domain'), refusal('domain_silent')],
});

export const opsRetireShareDomain = command('ops.retireShareDomain', {
  who: 'operator',
  summary: 'A domain that is not to be used again; links that were handed out with it go on leading here',
  request: z.strictObject({ host: hostShape, reason: reasonShape }),
  value: z.object({}),
  refusals: [refusal('unknown_domain'), refusal('domain_is_current')],
});
