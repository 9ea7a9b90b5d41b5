import { randomUUID } from 'node:crypto';
import proxyAddress, { compile } from '@fastify/proxy-addr';
import Fastify, { type FastifyInstance } from 'fastify';
import { httpContracts, PROTOCOL_VERSION } from '../lib/contracts/http.ts';
import { refusalSentence } from '../lib/messages/refusals.ts';
import { cartRoutes } from './cart/cart.http.ts';
import { claimCart, dropCarts } from './cart/service.ts';
import { catalogRoutes } from './catalog/catalog.http.ts';
import { checkRoutes } from './check/check.http.ts';
import { startChecker } from './check/check.job.ts';
import { addressOf } from './identity/addresses.ts';
import { identityRoutes } from './identity/identity.http.ts';
import { type Identity, openIdentity, tidyIdentity } from './identity/service.ts';
import { startStockFeed } from './inventory/inventory.live.ts';
import { liveRoutes } from './inventory/live.http.ts';
import { waitlistRoutes } from './inventory/waitlist.http.ts';
import { startWaitlistJob } from './inventory/waitlist.job.ts';
import { waitlistNews } from './inventory/waitlist.live.ts';
import { waitlistService } from './inventory/waitlist-service.ts';
import { opsRoutes } from './ops/ops.http.ts';
import { orderRoutes } from './order/order.http.ts';
import { startOrderJobs } from './order/order.job.ts';
import { orderNews } from './order/order.live.ts';
import { postgresOrderBook } from './order/order-book.postgres.ts';
import { orderIdMaker } from './order/order-id.ts';
import { openOrderQueue } from './order/order-queue.ts';
import { postgresRefundBook } from './order/refund-book.postgres.ts';
import { refundService } from './order/refund-service.ts';
import { type OrderService, orderService } from './order/service.ts';
import { sandboxMessages } from './outreach/message.sandbox.ts';
import { startOutbox } from './outreach/outbox.job.ts';
import { outreachRoutes } from './outreach/outreach.http.ts';
import { startPushJobs } from './outreach/push.job.ts';
import { claimDevices, pushDevices } from './outreach/push-devices.ts';
import { pushKeys } from './outreach/push-keys.ts';
import { webPush } from './outreach/push-port.ts';
import { claimVisits } from './packet/claim-visits.ts';
import { packetRoutes } from './packet/packet.http.ts';
import { startPacketJobs } from './packet/packet.job.ts';
import { startPacketFeed } from './packet/packet.live.ts';
import { packetService } from './packet/service.ts';
import { mountNotices, paymentRoutes } from './payment/payment.http.ts';
import { postNotices, startPaymentJobs, startSandboxJobs } from './payment/payment.job.ts';
import { postgresPaymentBook } from './payment/payment-book.postgres.ts';
import { alipayChannel } from './payment/payment-channel.alipay.ts';
import { sandboxChannel } from './payment/payment-channel.sandbox.ts';
import type { PaymentChannel } from './payment/payment-channel.ts';
import { wechatChannel } from './payment/payment-channel.wechat.ts';
import { gatewayKeys, sandboxGateway } from './payment/sandbox/gateway.ts';
import { misbehavingGateway } from './payment/sandbox/misbehaving-gateway.ts';
import { openWhimSwitch } from './payment/sandbox/whim-switch.ts';
import { type PaymentService, paymentService } from './payment/service.ts';
import { pickupRoutes } from './pickup/pickup.http.ts';
import { startPickupJobs } from './pickup/pickup.job.ts';
import { pickupService } from './pickup/service.ts';
import { pickupDesk } from './pickup/stores.ts';
import type { Config } from './platform/config.ts';
import { againIfRaced, type Database, type Queryable } from './platform/database.ts';
import { type Door, type DoorDeps, openDoor, type Route, unknownAddress } from './platform/door.ts';
import { LIMITS } from './platform/limits.ts';
import { listen } from './platform/listen.ts';
import { asyncApiDocument } from './platform/live/asyncapi.ts';
import { attachLive } from './platform/live/attach.ts';
import { createBoard } from './platform/live/board.ts';
import type { Log } from './platform/log.ts';
import { type Loop, startLoop } from './platform/loop.ts';
import { type Metrics, openMetrics } from './platform/metrics.ts';
import { openApiDocument } from './platform/openapi.ts';
import { staticFiles } from './platform/static-files.ts';
import { couponRoutes } from './promo/coupon.http.ts';
import { startCouponJobs } from './promo/coupon.job.ts';
import { couponService } from './promo/service.ts';
import { startCanary } from './risk/canary.ts';
import { riskRoutes } from './risk/risk.http.ts';
import { startRiskJobs } from './risk/risk.job.ts';
import { openRisk } from './risk/service.ts';
import { openProbe } from './sharing/domain-probe.ts';
import { type LandingAnswer, mountLanding } from './sharing/landing.http.ts';
import { openLinkBook } from './sharing/link-book.ts';
import { shareRoutes } from './sharing/share.http.ts';
import { startShareJobs } from './sharing/share.job.ts';
import { openShareDomains } from './sharing/share-domains.ts';
import { mountShareHosts } from './sharing/share-hosts.http.ts';
import { studioRoutes } from './sharing/studio.http.ts';
import { startStudioFeed } from './sharing/studio.live.ts';
import { studioRooms } from './sharing/studio-rooms.ts';
import { openTokens } from './sharing/tokens.ts';
import { openVisitRecorder } from './sharing/visit-recorder.ts';
import { visitorCookie } from './sharing/visitor.ts';
import { bindVisitor, claimLinks, forgetSharers } from './sharing/visitors.ts';
import { startDevPages } from './start/dev.ts';
import { offerRoutes } from './store/offer/offer.http.ts';
import { offerService } from './store/offer/service.ts';
import { openStockBoard } from './store/stock-board.ts';
import { storeRoutes } from './store/store.http.ts';
import { teamService } from './team/service.ts';
import { teamRoutes } from './team/team.http.ts';
import { startTeamJob } from './team/team.job.ts';
import { startTeamFeed } from './team/team.live.ts';
import { promotionRoutes } from './venue/promotions.http.ts';
import { BINDING_TRIES_MAX, claimOpenid } from './wechat/binding.ts';
import { openWechat } from './wechat/service.ts';
import { mountWechatBack, wechatRoutes } from './wechat/wechat.http.ts';
import { startWechatJob } from './wechat/wechat.job.ts';

export type Festa = {
  readonly app: FastifyInstance;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly identity: Identity;
  readonly metrics: Metrics;
  /** Listens; answers the address that was taken (port 0 takes a free one). */
  listen(): Promise<{ host: string; port: number }>;
  /** Starts what moves by itself: expiry, notices, refunds. */
  startJobs(): void;
  /** Takes no new work, finishes what is in hand. The database stays open. */
  drain(): Promise<void>;
};

type Given = {
  readonly config: Config;
  readonly db: Database;
  readonly log: Log;
  readonly tls?: { cert: string; key: string };
};

const TIDY_EVERY_MS = 10 * 60_000;

/** What waits for a shopper goes to the one he turned out to be; both are locked meanwhile, and what is one person's stays one. */
async function mergeShoppers(tx: Queryable, fromId: string, toId: string): Promise<void> {
  await claimCart(tx, fromId, toId);
  await claimVisits(tx, fromId, toId);
  await claimLinks(tx, fromId, toId);
  await claimDevices(tx, fromId, toId);
}

/** Names every adapter and puts the parts together; nothing else does. */
export async function wireFesta({ config, db, log, tls }: Given): Promise<Festa> {
  const metrics = openMetrics();
  const app = Fastify({
    loggerInstance: undefined,
    logger: false,
    trustProxy: config.trustProxy,
    bodyLimit: LIMITS.bodyBytesMax,
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    ...(tls ? { https: tls } : {}),
  }) as unknown as FastifyInstance;

  const messages = sandboxMessages(db, log);
  const deviceKeys = pushKeys(config.secret, config.push.contact);
  const pushes = metrics.labelled('festa_push_total', 'Notices to devices, by what became of them', 'outcome');
  const visitors = visitorCookie(config.publicUrl.startsWith('https://'));
  const visits = metrics.labelled(
    'festa_visits_total',
    'Openings of share links, by whether they were counted',
    'taken',
  );
  const recorder = openVisitRecorder({ db, log, onTaken: (taken) => visits.inc({ taken }) });
  const links = openLinkBook<LandingAnswer>(db);
  const studio = studioRooms(config.secret);
  const domains = openShareDomains({ db, log, publicUrl: config.publicUrl });
  const probe = openProbe({ secret: config.secret, isHttps: config.publicUrl.startsWith('https:') });
  const suspects = metrics.gauge('festa_share_domains_suspect', 'Share domains that are silent or may be blocked');
  const sharing = { db, links, recorder, visitors, domains };
  const identity = openIdentity({
    db,
    log,
    settings: config,
    messages,
    async onClaim(anonymousId, personId) {
      await againIfRaced(
        () =>
          db.transaction(async (tx) => {
            await claimOpenid(tx, anonymousId, personId);
            await mergeShoppers(tx, anonymousId, personId);
          }),
        BINDING_TRIES_MAX,
      );
      await packets.vest(personId).catch(() => {});
    },
    async onSignIn(personId, headers) {
      const visitorId = visitors.idOf(headers);
      if (visitorId === null) return;
      await recorder.flush();
      await bindVisitor(db, visitorId, personId);
    },
  });

  const keys = await gatewayKeys(db);
  const honestGateway = sandboxGateway(db, keys.privateKey);
  const postNow = () => postNotices({ gateway: honestGateway, log, ...(tls ? { ca: tls.cert } : {}) });
  const whims = openWhimSwitch();
  const gateway = config.isTest ? misbehavingGateway(honestGateway, whims.whimsOf, postNow) : honestGateway;
  let ownAddress = config.publicUrl;
  const sandbox = sandboxChannel({
    gateway,
    publicKey: keys.publicKey,
    notifyUrl: () => `${ownAddress}/api/payment.notice/sandbox`,
  });
  const { wechat, alipay, isSandbox } = config.payment;
  const returnUrl = (orderId: string) => `${config.publicUrl}/paid?order=${orderId}`;
  const outside = (name: string) => ({ notifyUrl: () => `${config.publicUrl}/api/payment.notice/${name}`, returnUrl });
  const channels: PaymentChannel[] = [
    ...(wechat ? [wechatChannel({ account: wechat, ...outside('wechat') })] : []),
    ...(alipay ? [await alipayChannel({ account: alipay, ...outside('alipay') })] : []),
    ...(isSandbox ? [sandbox] : []),
  ];
  const payments = paymentService({
    book: postgresPaymentBook(db),
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    log,
  });

  const book = postgresOrderBook(db, orderIdMaker(process.pid & 15));
  const queue = openOrderQueue({
    db,
    book,
    onBatch: (size, waiting) => {
      metrics.batchSize.observe(size);
      metrics.queueDepth.set(waiting);
    },
  });
  const orders = orderService({
    book,
    queue,
    secret: config.secret,
    closer: payments.closer,
    pickup: pickupDesk(db),
    async addressOf(shopperId, addressId) {
      const address = await addressOf(db, shopperId, addressId);
      return address && { name: address.name, phone: address.phone, region: address.region, street: address.street };
    },
  });

  const waitlist = waitlistService({ db });
  const coupons = couponService({ db });
  const offers = offerService({ db, secret: config.secret });
  const teams = teamService({ db });
  const risk = openRisk({
    db,
    secret: config.secret,
    sessionOf: identity.people.sessionOf,
    onDecision: (mechanic, decision) => metrics.riskDecisions.inc({ mechanic, decision }),
  });
  const packets = packetService({ db, mayVest: (visit) => risk.mayVest(visit) });
  // Every process writes what it counted, a worker or not.
  const riskFlush = startLoop('risk-flush', LIMITS.risk.flushEveryMs, risk.flush, log);
  const pickups = pickupService({ db, secret: config.secret, orders: book });
  const refunds = refundService({ orders: book, refunds: postgresRefundBook(db) });

  // A board's epoch is one life of one process: phones of an earlier life ask for the whole picture.
  const board = createBoard(randomUUID().slice(0, 8));
  const feed = startStockFeed({ db, board, log });
  const trust = compile(config.trustProxy.split(',').map((one) => one.trim()));
  let door: Door | null = null;
  const live = attachLive({
    httpServer: app.server,
    board,
    config,
    log,
    metrics,
    addressOf: (request) => proxyAddress(request, trust),
    ask: (name, given, caller) => door?.ask(name, given, caller) ?? null,
    campaignOf: (room) => studio.campaignOf(room, Date.now()),
    personOf: async (headers) => {
      const person = await identity.door.personOf(headers);
      return person && { shopperId: person.id };
    },
  });
  const storeStock = openStockBoard({ db, log });
  const teamFeed = startTeamFeed({ db, rooms: live.rooms, log });
  const packetFeed = startPacketFeed({ db, rooms: live.rooms, log });
  const studioFeed = startStudioFeed({ db, rooms: live.rooms, log });
  const news = listen(
    db.url,
    {
      order: orderNews(live.toShopper),
      waitlist: waitlistNews(live.toShopper),
      stock: (payload) => {
        queue.hearStock(payload);
        storeStock.hearStock();
      },
      store: storeStock.hearStores,
      team: teamFeed.hear,
      packet: packetFeed.hear,
    },
    {
      onGap: () => {
        queue.hearStock('*');
        storeStock.hearAll();
        teamFeed.hearAll();
        packetFeed.hearAll();
      },
      log,
    },
  );

  const wechatRoom =
    config.wechat && openWechat({ db, log, app: config.wechat, settings: config, identity, merge: mergeShoppers });
  const jobs: Loop[] = [];
  let notices: Loop | null = null;
  const routes: Route[] = [
    ...identityRoutes(identity),
    ...catalogRoutes({ db }),
    ...liveRoutes({ board, config }),
    ...cartRoutes({ db }),
    ...promotionRoutes({ db }),
    ...orderRoutes({ orders, refunds }),
    ...checkRoutes({ db }),
    ...waitlistRoutes({ waitlist }),
    ...packetRoutes({ packets, risk, isTeamCode: async (code) => (await teams.about(code)) !== null }),
    ...storeRoutes({ db, board: storeStock }),
    ...offerRoutes({ db, offers }),
    ...shareRoutes(sharing),
    ...studioRoutes({ ...sharing, rooms: studio, probe }),
    ...couponRoutes({ coupons, risk }),
    ...teamRoutes({ teams, risk, isPacketCode: async (code) => (await packets.about(code)) !== null }),
    ...riskRoutes({ identity, risk }),
    ...wechatRoutes(wechatRoom),
    ...opsRoutes({ db, orders, refunds: refunds.book }),
    ...pickupRoutes({ db, pickups }),
    ...outreachRoutes({ devices: pushDevices({ db, keys: deviceKeys, services: config.push.services }) }),
    ...paymentRoutes({
      payments,
      orders,
      gateway,
      wechatPayer: wechatRoom && wechatRoom.login.provenOpenid,
      nudge: () => notices?.nudge(),
    }),
  ];
  const doorDeps: DoorDeps = {
    people: identity.door,
    tokens: openTokens(db),
    log,
    metrics,
    sentence: (locale, refusal) => refusalSentence(locale, refusal as Parameters<typeof refusalSentence>[1]),
  };
  door = openDoor(app, routes, doorDeps);
  mountNotices(app, payments);
  mountLanding(app, { links, recorder, visitors, domains, origin: config.publicUrl });
  mountShareHosts(app, { domains, origin: config.publicUrl, secret: config.secret });
  if (wechatRoom) mountWechatBack(app, wechatRoom);
  if (config.isTest) whims.mount(app);

  const openApi = openApiDocument(httpContracts, `${PROTOCOL_VERSION}`);
  app.get('/api/openapi.json', (_request, reply) => reply.header('cache-control', 'public, max-age=60').send(openApi));
  const asyncApi = asyncApiDocument(`${PROTOCOL_VERSION}`);
  app.get('/api/asyncapi.json', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(asyncApi),
  );
  app.get('/healthz', (_request, reply) => reply.send({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await db.query('select 1');
      return reply.send({ ok: true, queue: queue.depth() });
    } catch {
      return reply.code(503).send({ ok: false });
    }
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  const shop = { db, home: config.home, origin: config.publicUrl, say: (sentence: string) => log.info(sentence) };
  const pages = config.isDev
    ? await startDevPages({ ...shop, port: config.port + 1, httpServer: app.server })
    : staticFiles({ home: config.home });
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/api/') ? unknownAddress(doorDeps, request, reply) : pages.handle(request, reply),
  );

  return {
    app,
    orders,
    payments,
    identity,
    metrics,
    async listen() {
      await feed.ready;
      await app.listen({ host: config.host, port: config.port, backlog: 4096 });
      const address = app.server.address();
      const port = typeof address === 'object' && address ? address.port : config.port;
      const isEverywhere = config.host === '0.0.0.0' || config.host === '::';
      const own = isEverywhere ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host;
      ownAddress = `${tls ? 'https' : 'http'}://${own}:${port}`;
      return { host: config.host, port };
    },
    startJobs() {
      notices = startSandboxJobs({ gateway, log, ...(tls ? { ca: tls.cert } : {}) });
      jobs.push(
        notices,
        ...startOrderJobs({ orders, db, log }),
        startWaitlistJob({ waitlist, log }),
        ...startCouponJobs({ db, log }),
        startTeamJob({ db, log }),
        ...startPacketJobs({ db, packets, log }),
        ...startShareJobs({
          ...{ db, log, probe, ownHost: domains.ownHost },
          onSuspects: (count) => suspects.set(count),
        }),
        ...(wechatRoom ? [startWechatJob({ wechat: wechatRoom, log })] : []),
        ...startRiskJobs({ db, log, risk, refunds: refunds.book }),
        startCanary({ db, risk, log, onPass: () => metrics.riskCanaryPass.inc() }),
        ...startPickupJobs({ db, refunds: refunds.book, log }),
        ...startPaymentJobs({ payments, refunds: refunds.book, log }),
        startOutbox({ db, messages, log }),
        ...startPushJobs({
          ...{ db, log, keyId: deviceKeys.keyId, push: webPush(deviceKeys) },
          onSent: (outcome) => pushes.inc({ outcome }),
        }),
        startChecker({ db, metrics, log }),
        startLoop(
          'identity-tidy',
          TIDY_EVERY_MS,
          async () => {
            const personIds = await tidyIdentity(db);
            await dropCarts(db, personIds);
            if (personIds.length > 0) await forgetSharers(db, { visitorIds: [], personIds });
          },
          log,
        ),
      );
    },
    async drain() {
      await live.close();
      await Promise.all(jobs.map((job) => job.stop()));
      await app.close();
      await Promise.all([
        queue.drain(),
        waitlist.drain(),
        coupons.drain(),
        offers.drain(),
        teams.drain(),
        packets.drain(),
        recorder.drain(),
        domains.stop(),
      ]);
      await riskFlush.stop();
      await risk.drain();
      await Promise.all([
        news.close(),
        feed.stop(),
        storeStock.stop(),
        teamFeed.stop(),
        packetFeed.stop(),
        studioFeed.stop(),
      ]);
      pages.close();
    },
  };
}
