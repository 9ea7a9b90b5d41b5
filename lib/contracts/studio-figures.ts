import * as z from 'zod/mini';
import { epochShape, fenShape, idShape, read } from './contract.ts';
import { shareCodeShape } from './share.ts';
import { campaignShape, inCampaign, modelShape, unknownCampaign } from './studio-shapes.ts';

/* A campaign in numbers; words as in studio-shapes.ts. */

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
