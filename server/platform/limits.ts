import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';

/** Every limit of the edge, in one place; each is a setting of this file and has its unit in its name. */
export const LIMITS = {
  bodyBytesMax: 64 * 1024,
  /** How long a starting process waits for a database that is not up yet, and how often it asks. */
  database: { startWaitMsMax: 1 * MINUTE_MS, startAskEveryMs: 500 },
  /** Commands and reads of one address that presents no load identity. */
  requestsPerAddress: { points: 600, perSeconds: 10 },
  /** Public reads of one address; a shared cache in front answers nearly all of them. */
  publicReadsPerAddress: { points: 1_200, perSeconds: 10 },
  sequencer: {
    queueMax: 20_000,
    batchMax: 400,
    pace: { batchMin: 64, batchMsMax: 60, lingerMsMax: 2 },
  },
  soldOut: { peopleMax: 100_000, lookEveryMs: 1 * SECOND_MS, learnEveryMs: 250 },
  order: {
    quoteValidMs: 10 * MINUTE_MS,
    reservationMs: { ordinary: 30 * MINUTE_MS, session: 5 * MINUTE_MS },
    /** The channel's own expiry is this much earlier than the reservation's. */
    channelMarginMs: 60 * SECOND_MS,
    /** Closing is asked for this much before the reservation ends. */
    closeMarginMs: 30 * SECOND_MS,
    unpaidMax: 10,
    /** Who waits longer than this in the queue is told his place, and asks again after so long. */
    waitingAfterMs: 500,
    waitingAskMs: 500,
    expiryBatchMax: 500,
    expiryEveryMs: 1 * SECOND_MS,
    autoReceiveMs: 10 * DAY_MS,
  },
  payment: {
    /** After how long a channel is asked about a payment that is open; the last is repeated. */
    askOpenMs: [20 * SECOND_MS, 40 * SECOND_MS, 80 * SECOND_MS, 160 * SECOND_MS, 5 * MINUTE_MS, 10 * MINUTE_MS],
    /** The same after it was closed: a channel may take money all the same, and its notice may be lost. */
    askClosedMs: [1 * MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, 1 * DAY_MS],
    /** The same when the channel gave no answer. */
    askAgainMs: 1 * MINUTE_MS,
    channelTimeoutMs: 8 * SECOND_MS,
  },
  push: {
    /** Devices of one person; one more takes the place of the oldest. */
    devicesMax: 10,
    /** Notices that are due are looked for this often, so many at once. */
    everyMs: 1 * SECOND_MS,
    batchMax: 50,
    timeoutMs: 10 * SECOND_MS,
  },
  waitlist: {
    /** How long units are held for whom they are offered. */
    offerMs: 5 * MINUTE_MS,
    /** Lapsed offers, and free units that somebody waits for, are looked for this often. */
    sweepEveryMs: 1 * SECOND_MS,
    sweepSkusMax: 100,
    /** Live entries of one person. */
    perPersonMax: 20,
    /** Ended entries are shown this long. */
    shownForMs: 2 * DAY_MS,
    joinBatchMax: 400,
  },
  /** Deeper than this needs a second person; an operator who is alone waits this long. */
  promotion: { deepPermille: 500, aloneDelayMs: 10 * MINUTE_MS, openMax: 50 },
  /** What goods must cost at least, in thousandths of their price; a merchant who knows his costs sets his own. */
  law: { floorPermille: 100 },
  coupon: {
    /** A campaign that may cost more than this needs a second person; a raise always does. */
    soloFen: 1_000_000,
    aloneDelayMs: 10 * MINUTE_MS,
    openMax: 100,
    /** Expiry, bookings and raises are looked at this often, so many coupons in one transaction. */
    sweepEveryMs: 1 * SECOND_MS,
    sweepMax: 2_000,
    /** Who agreed to it is told so long before a coupon runs out; looked for this often. */
    remindMs: 1 * DAY_MS,
    remindEveryMs: 1 * MINUTE_MS,
    /** A campaign that is faster than this stops by itself; looked at every two seconds. */
    pace: { windowMs: 10 * MINUTE_MS, sharePermille: 250, burst: 20 },
    paceEveryMs: 2 * SECOND_MS,
    /** Orders that were shipped give back what their coupons did not take; nobody waits for that. */
    shippedEveryMs: 1 * MINUTE_MS,
  },
  team: {
    /** Ends and reminders are looked at this often, so many teams of a campaign in one transaction. */
    sweepEveryMs: 1 * SECOND_MS,
    sweepMax: 500,
    /** Who has not opened his share is told so long before it runs out; a quarter of the time to open, if that is less. */
    remindMs: 2 * HOUR_MS,
    openMax: 50,
  },
  packet: {
    /** Visits that may vest or must lapse are looked at this often, so many people or packets at once. */
    sweepEveryMs: 1 * SECOND_MS,
    sweepMax: 500,
    /** Who has not used his packet is told so long before it ends; a quarter of its time, if that is less. */
    remindMs: 6 * HOUR_MS,
    remindEveryMs: 1 * MINUTE_MS,
    openMax: 50,
  },
  wechat: {
    /** The shop's WeChat app. A token and a ticket live 7,200 s; the next is asked for after 7,000. */
    refreshBeforeMs: 200 * SECOND_MS,
    keepFreshEveryMs: 30 * SECOND_MS,
    timeoutMs: 5 * SECOND_MS,
    /** Longer than two tokens and two tickets may take: a holder of the lease that is silent for so long is gone. */
    leaseMs: 40 * SECOND_MS,
    /** How long a page waits for the holder of the lease, and how often it looks. */
    waitMs: 3 * SECOND_MS,
    lookMs: 100,
    /** An edge asks the database for the ticket this often; once a second while the next is due. */
    rememberMs: { fresh: 20 * SECOND_MS, due: 1 * SECOND_MS },
    /** How long somebody may take at WeChat to sign in. */
    stateMs: 10 * MINUTE_MS,
    /** Comings back from WeChat of one address. */
    backsPerAddress: { points: 60, perSeconds: 10 },
  },
  sharing: {
    /** A link, with its page, is remembered so long by an edge: how long a stop takes to reach all of them. */
    rememberMs: 10 * SECOND_MS,
    rememberedMax: 20_000,
    /** Codes that nobody made, remembered as such; and lookups that may wait for the database at once. */
    lookupsMax: 2_000,
    visits: {
      flushEveryMs: 250,
      /** Rows of one statement, and how many such pieces one transaction may have. */
      batchMax: 5_000,
      piecesMax: 5,
      /** More than this waits nowhere: visits are counted, orders are kept. */
      bufferMax: 50_000,
      /** Browsers without a cookie from one network, per link and hour. */
      newcomersPerNetwork: 300,
      seenMax: 500_000,
    },
    /** Links of one sharer; a button that is pressed again shares the same one. */
    linksMax: 500,
    /** Links of the shop from one file. */
    bulkMax: 5_000,
    domainsMax: 20,
    /** Tokens of the API that are good at a time; and what one may ask of one edge. */
    tokensMax: 50,
    perToken: { points: 120, perSeconds: 60 },
    keepVisitsMs: 30 * DAY_MS,
    visitorMs: 30 * DAY_MS,
  },
  risk: {
    /** How a mechanic is controlled until an operator says otherwise. */
    mode: 'strict',
    /** Of one campaign: rewards of a person; people by one device's key, one payer, one address cluster and day. */
    rewards: { perPerson: 5, perDevice: 4, perPayout: 3, perAddress: 2_000 },
    /** Orders with rewards that are looked at before they are packed: see ReviewLimits. */
    orders: { perPayer: 3, perPlace: 8, newcomersFen: 700, perKnownFen: 100, groupFen: 4_000 },
    /** What makes a customer of a newcomer: an order of so much money that is so old. A younger shop has no newcomers. */
    history: { fen: 3_000, ageMs: 7 * DAY_MS, shopAgeMs: 30 * DAY_MS },
    /** Joins of a person, visits to packets of others, and codes that there are not. */
    pace: {
      join: { points: 5, perSeconds: 60 },
      help: { points: 20, perSeconds: 86_400 },
      codes: { points: 5, perSeconds: 900 },
    },
    batchMax: 400,
    queueMax: 20_000,
    flushEveryMs: 1 * SECOND_MS,
    sweepEveryMs: 2 * SECOND_MS,
    sweepMax: 500,
    purgeEveryMs: 10 * MINUTE_MS,
    /** Keyed hashes of addresses and devices, and who helped whom. */
    keptMs: 30 * DAY_MS,
    /** Who is alone behind the counter waits so long until a gate that he lifts is open. */
    aloneDelayMs: 10 * MINUTE_MS,
    shownMax: 50,
    queueShownMax: 100,
  },
  /** What is told of offers is kept by the edge so long; a stop is in force at once all the same. */
  storeOffer: { openMax: 50, placesMax: 5_000, shownMs: 2 * SECOND_MS },
  pickup: { expiryEveryMs: 5 * SECOND_MS, remindEveryMs: 1 * MINUTE_MS, tidyEveryMs: 1 * MINUTE_MS },
  freight: { freeFromFen: 9_900, flatFen: 800 },
  check: {
    /** How often the worker asks all invariants, unless a run takes over a twentieth of this. */
    everyMs: 1 * MINUTE_MS,
    /** Violations of one invariant that one run stops sales for. */
    listedMax: 10_000,
  },
  refund: { retryBaseMs: 2 * SECOND_MS, retryMaxMs: 10 * MINUTE_MS },
} as const;
