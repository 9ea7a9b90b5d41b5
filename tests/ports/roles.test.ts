import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpContracts } from '../../lib/contracts/http.ts';
import { meRead, saveProfile } from '../../lib/contracts/identity.ts';
import { accept } from '../../lib/domain/result.ts';
import { handle } from '../../server/platform/door.ts';
import { accepted, type Browser } from '../support/browser.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';
import { staffBrowser } from '../support/staff.ts';

/*
 * [P26] Who may pass which door. The list comes from the wire itself: a contract that is added for operators and has
 * no sample below makes this test fail. The handlers behind the doors here would let anybody do anything.
 */

const id = 'ord_somebody';
const samples: Record<string, object> = {
  'ops.orders': {},
  'ops.pack': { id },
  'ops.ship': { id, carrier: '顺丰', trackingNumber: 'SF123456' },
  'ops.receive': { id },
  'ops.decideRefund': { id, requestId: randomUUID(), approve: true, reason: '同意' },
  'ops.promotions': {},
  'ops.makePromotion': {
    id: randomUUID(),
    name: { zh: '满300减50', en: '¥50 off ¥300' },
    scope: { kind: 'all' },
    rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false },
    startsAt: 1,
    endsAt: 2,
  },
  'ops.approvePromotion': { id },
  'ops.stopPromotion': { id, reason: '写错了' },
  'ops.coupons': {},
  'ops.saveCoupon': {
    id: randomUUID(),
    name: { zh: '立减10元', en: '¥10 off' },
    rule: { kind: 'fixed', cutFen: 1_000 },
    scope: { kind: 'all' },
    validity: { kind: 'days', days: 7 },
    claimFrom: 1,
    claimUntil: 2,
    perPerson: 1,
    total: 1,
    budgetFen: 1_000,
  },
  'ops.publishCoupon': { id },
  'ops.approveCoupon': { id },
  'ops.stopCoupon': { id, withdraw: false, reason: '写错了' },
  'ops.liftCoupon': { id, reason: '已核对' },
  'ops.raiseCoupon': { id, raiseId: randomUUID(), addFen: 1, addTotal: 1 },
  'ops.approveRaise': { raiseId: randomUUID() },
  'ops.undoRaise': { raiseId: randomUUID() },
  'ops.teams': {},
  'ops.saveTeamCampaign': {
    id: randomUUID(),
    name: { zh: '组队瓜分20元', en: 'Share ¥20' },
    potFen: 2_000,
    size: 4,
    gatherHours: 24,
    joinsPerDay: 3,
    leastPermille: 50,
    leaderExtraPermille: 0,
    consolationFen: 100,
    coupon: { kind: 'red_packet' },
    scope: { kind: 'all' },
    goodFor: { kind: 'days', days: 3 },
    openHours: 24,
    budgetFen: 2_000,
    startsAt: 1,
    endsAt: 2,
  },
  'ops.publishTeamCampaign': { id },
  'ops.approveTeamCampaign': { id },
  'ops.stopTeamCampaign': { id, withdraw: false, reason: '写错了' },
  'ops.liftTeamCampaign': { id, reason: '已核对' },
  'ops.packets': {},
  'ops.savePacketCampaign': {
    id: randomUUID(),
    name: { zh: '会长大的红包', en: 'Growing packet' },
    baseFen: 500,
    guestPermille: 500,
    stepPermille: 100,
    capPermille: 2_000,
    generations: 3,
    lifeHours: 72,
    scope: { kind: 'all' },
    budgetFen: 1_000,
    startsAt: 1,
    endsAt: 2,
  },
  'ops.publishPacketCampaign': { id },
  'ops.approvePacketCampaign': { id },
  'ops.stopPacketCampaign': { id, withdraw: false, reason: '写错了' },
  'ops.liftPacketCampaign': { id, reason: '已核对' },
  'ops.raiseTeamCampaign': { id, raiseId: randomUUID(), addFen: 1 },
  'ops.approveTeamRaise': { raiseId: randomUUID() },
  'ops.undoTeamRaise': { raiseId: randomUUID() },
  'ops.raisePacketCampaign': { id, raiseId: randomUUID(), addFen: 1 },
  'ops.approvePacketRaise': { raiseId: randomUUID() },
  'ops.undoPacketRaise': { raiseId: randomUUID() },
  'ops.goodsBack': { id, requestId: randomUUID() },
  'ops.settleReturn': { id, requestId: randomUUID(), approve: true, restock: true, reason: '完好' },
  'ops.stock': {},
  'ops.adjustStock': { key: randomUUID(), skuId: 'a', delta: 1, reason: '盘点' },
  'ops.sessions': {},
  'ops.saveSession': {
    id: randomUUID(),
    name: { zh: '场', en: 'session' },
    startsAt: 1,
    endsAt: 2,
    items: [{ skuId: 'a', priceFen: 1, limitPerPerson: 1, tiers: [] }],
  },
  'ops.messages': {},
  'ops.transfers': {},
  'ops.stores': {},
  'ops.storeStock': { id: 's-a' },
  'ops.setStoreState': { id: 's-a', state: 'closed_temporarily', note: null, reason: '装修' },
  'ops.saveStoreHours': { id: 's-a', hours: null },
  'ops.saveStoreDate': { id: 's-a', date: '2027-01-01', hours: 'off', note: null },
  'ops.storeOffers': {},
  'ops.makeStoreOffer': {
    id: randomUUID(),
    name: { zh: '到店领30元', en: '¥30 at the store' },
    rule: { kind: 'fixed', cutFen: 3_000 },
    hours: [540, 1_320],
    from: 1,
    until: 2,
    goodMinutes: 120,
    perDay: 1,
    total: 1,
    budgetFen: 3_000,
    storeIds: ['s-1'],
  },
  'ops.approveStoreOffer': { id },
  'ops.stopStoreOffer': { id, withdraw: false, reason: '写错了' },
  'ops.liftStoreOffer': { id, reason: '已核对' },
  'ops.newStorePassword': { storeId: 's-1' },
  'ops.saveHoliday': { date: '2027-01-01', name: null },
  'ops.saveLocation': { id: 'east', name: { zh: '华东仓', en: 'East' } },
  'ops.sendTransfer': {
    key: randomUUID(),
    skuId: 'a',
    from: 'central',
    to: 'east',
    quantity: 1,
    reason: '备货',
  },
  'ops.endTransfer': { id: randomUUID(), outcome: 'arrived' },
  'ops.risk': {},
  'ops.decideOrderReview': { groupId: id, isFreed: false, words: '同一付款账户' },
  'ops.decideRisk': { decisionId: id, isFreed: false, isGroup: false, words: '同一设备' },
  'ops.answerAppeal': { appealId: id, isUpheld: true, words: '已核实' },
  'ops.setRiskRule': { code: 'circle_dense', isShadow: true, reason: '误伤' },
  'ops.setRiskMode': { mechanic: 'team', mode: 'observe', reason: '观察' },
  'ops.closeRiskGate': { reason: '异常' },
  'ops.liftRiskGate': { reason: '已核实' },
  'ops.checks': {},
  'ops.quarantine': {},
  'ops.settleNotice': { channel: 'sandbox', noticeId: 'ntc_1', reason: '已核对' },
  'ops.reconciliation': {},
  'ops.openSale': { skuId: 'a', reason: '已盘点' },
};
const counterOrder = { orderId: id };
Object.assign(samples, {
  'ops.clerks': {},
  'ops.postClerk': { clerkId: id, storeId: 's-1' },
  'counter.home': {},
  'counter.scan': { text: '12345678', lastFour: '8000' },
  'counter.handOver': { key: randomUUID(), ticket: 'a ticket of a scan' },
  'counter.undo': { handoverId: randomUUID() },
  'counter.orders': { list: 'ready' },
  'counter.ready': counterOrder,
  'counter.arrive': counterOrder,
  'counter.extend': counterOrder,
  'counter.day': {},
  'counter.scanCoupon': { text: '12345678', lastFour: '8000' },
  'counter.redeemCoupon': { key: randomUUID(), ticket: 'a ticket of a scan' },
  'counter.undoCoupon': { redemptionId: randomUUID() },
  'counter.coupons': {},
  'counter.lease': { deviceId: randomUUID() },
  'counter.reconcile': { leaseId: randomUUID(), deviceId: randomUUID(), handovers: [] },
});
const sharing = { campaignId: 'winter' };
Object.assign(samples, {
  'studio.campaigns': {},
  'studio.saveCampaign': { id: 'winter', name: { zh: '冬', en: 'Winter' } },
  'studio.makeLink': { ...sharing, landing: '/' },
  'studio.bulkLinks': { ...sharing, key: randomUUID(), csv: 'landing\n/', commit: true, skipFaulty: false },
  'studio.stopLink': { code: 'a1B2c3D4e5F6g7H8i' },
  'studio.links': sharing,
  'studio.link': { code: 'a1B2c3D4e5F6g7H8i' },
  'studio.funnel': sharing,
  'studio.figures': sharing,
  'studio.compare': { left: 'everyday', right: 'winter' },
  'studio.channels': sharing,
  'studio.spreaders': sharing,
  'studio.models': sharing,
  'studio.graph': sharing,
  'studio.search': { ...sharing, query: '小明' },
  'studio.subtree': { code: 'a1B2c3D4e5F6g7H8i' },
  'studio.live': sharing,
  'studio.export': { ...sharing, what: 'links', format: 'csv' },
  'studio.tokens': {},
  'studio.makeToken': { name: 'BI', scopes: ['read'], days: 30 },
  'studio.revokeToken': { id: 'tok_1' },
  'studio.domains': {},
  'ops.addShareDomain': { host: 's.example.com' },
  'ops.switchShareDomain': { host: null, reason: '换回本店' },
  'ops.retireShareDomain': { host: 's.example.com', reason: '不再使用' },
});
const behindTheCounter = httpContracts.filter(({ who }) => who === 'operator' || who === 'marketer' || who === 'clerk');

const key = randomUUID();
const lines = [{ skuId: 'a', quantity: 1 }];
/** For shoppers; `verified` ones need a phone. */
const shopperSamples: Record<string, object> = {
  'offer.mine': {},
  'offer.claim': { key, at: { by: 'password', password: 'K7M4-PQ2X' } },
  'address.list': {},
  'address.remove': { id },
  'address.save': {
    id: key,
    name: '张三',
    phone: '13800138000',
    provinceCode: '11',
    cityCode: '1101',
    areaCode: '110105',
    region: '北京市 朝阳区',
    street: '建国路 88 号',
    isDefault: true,
  },
  'coupon.mine': {},
  'coupon.claim': { key: randomUUID(), templateId: 'somebody' },
  'cart.merge': { lines: [] },
  'identity.saveProfile': {},
  'order.askRefund': { id, reason: '拍错了' },
  'order.askReturn': { id, key, lines: [{ lineNumber: 1, quantity: 1 }], reason: 'no_reason' },
  'order.withdrawRequest': { id, requestId: key },
  'order.sendBack': { id, requestId: key, carrier: '顺丰', trackingNumber: 'SF123456' },
  'order.cancel': { id },
  'order.list': {},
  'order.read': { id },
  'order.receive': { id },
  'order.submit': { key, lines, quoteVersion: 'a version of a quote', addressId: id },
  'packet.mine': {},
  'packet.issue': { key, campaignId: id },
  'packet.accept': { key, code: 'a1B2c3D4e5F6' },
  'packet.visit': { key, code: 'a1B2c3D4e5F6', stayedMs: 5_000, touched: true },
  'push.home': {},
  'push.agree': {
    endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
    p256dh: 'A'.repeat(87),
    auth: 'A'.repeat(22),
    purposes: ['orders'],
  },
  'push.stopAll': {},
  'pickup.code': { orderId: id },
  'pickup.changeStore': { orderId: id, storeId: 's-1' },
  'pickup.giveFriendCode': { key, orderId: id },
  'pickup.takeFriendCode': { orderId: id },
  'payment.start': { key, orderId: id, channel: 'sandbox' },
  'risk.registerDevice': { publicKey: 'A'.repeat(87) },
  'risk.sendCode': {},
  'risk.verifyCode': { code: '123456' },
  'risk.mine': {},
  'risk.appeal': { key, decisionId: id, text: '这是误判' },
  'team.mine': {},
  'team.open': { key, campaignId: id },
  'team.join': { key, code: 'a1B2c3D4e5F6' },
  'team.openShare': { key, teamId: id },
  'share.link': { key, path: '/p/tea' },
  'share.mine': {},
  'share.showName': { shows: true },
  'waitlist.join': { key, skuId: 'a', quantity: 1 },
  'waitlist.leave': { id },
  'waitlist.list': {},
  'wechat.mine': {},
  'wechat.signIn': { intent: 'sign_in', returnTo: '/me' },
  'wechat.unbind': {},
  'wechat.useName': { agrees: false },
};
const forShoppers = httpContracts.filter(({ who }) => who === 'shopper' || who === 'verified');

/** Everybody comes from an address of his own: the whole sweep is more than the door takes from one. */
let addresses = 0;
const elsewhere = () => {
  addresses += 1;
  return edge.browser({ 'x-forwarded-for': `203.0.113.${addresses % 250}` });
};

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let browsers: Record<string, Browser>;

beforeAll(async () => {
  database = await testDatabase();
  edge = await identityEdge(database.db, () =>
    [...behindTheCounter, ...forShoppers]
      .filter(({ name }) => !/^(identity|address)\./.test(name))
      .map((contract) => handle(contract, async () => accept({ isOpen: true }))),
  );
  const shopper = elsewhere();
  await shopper.call(saveProfile, {});
  browsers = {
    nobody: elsewhere(),
    shopper,
    marketer: await staffBrowser({ ...edge, browser: elsewhere }, 'marketer'),
    clerk: await staffBrowser({ ...edge, browser: elsewhere }, 'clerk'),
    operator: await staffBrowser({ ...edge, browser: elsewhere }, 'operator'),
  };
  // A cookie of somebody who was deleted, and one that was made up.
  const gone = await staffBrowser({ ...edge, browser: elsewhere }, 'operator');
  const goneId = accepted(await gone.call(meRead, {})).person?.id;
  await database.db.query('delete from person where id = $1', [goneId]);
  const forged = elsewhere();
  forged.cookies.set('festa_session', `${'a'.repeat(32)}.${'b'.repeat(44)}`);
  browsers.gone = elsewhere();
  for (const [name, value] of gone.cookies) browsers.gone.cookies.set(name, value);
  browsers.forged = forged;
  edge.identity.people.forgetAll();
});
afterAll(async () => {
  await edge.app.close();
  await database.drop();
});

test('every contract behind the counter has a sample that its schema takes', () => {
  expect(behindTheCounter.map(({ name }) => name).sort()).toEqual(Object.keys(samples).sort());
  for (const contract of behindTheCounter)
    expect(contract.request.safeParse(samples[contract.name]).success).toBe(true);
});

const everyPair = behindTheCounter.flatMap((contract) =>
  ['nobody', 'shopper', 'marketer', 'clerk', 'operator', 'gone', 'forged'].map((who) => [contract.name, who] as const),
);
test.each(everyPair)('%s answers %s only as far as his role goes', async (name, who) => {
  const contract = behindTheCounter.find((one) => one.name === name);
  const browser = browsers[who];
  if (!contract || !browser) throw new Error('The sweep lost its way');
  const answer = await browser.call(contract, samples[name]);
  // Operators may look at what marketers look at, and make nothing of theirs.
  if (who === contract.who || (who === 'operator' && contract.who === 'marketer' && contract.kind === 'read')) {
    expect([browser.lastStatus, answer.ok]).toEqual([200, true]);
  } else {
    const isKnown = who === 'shopper' || who === 'marketer' || who === 'clerk' || who === 'operator';
    expect([browser.lastStatus, answer]).toMatchObject([
      isKnown ? 403 : 401,
      { ok: false, refusal: { code: isKnown ? 'forbidden' : 'login_required' } },
    ]);
    expect(JSON.stringify(answer)).not.toContain('isOpen');
  }
});

test('every contract for shoppers has a sample that its schema takes', () => {
  expect(forShoppers.map(({ name }) => name).sort()).toEqual(Object.keys(shopperSamples).sort());
  for (const contract of forShoppers) {
    expect(contract.request.safeParse(shopperSamples[contract.name]).success).toBe(true);
  }
});

test.each(forShoppers.map(({ name, who }) => [name, who] as const))(
  '%s, for %s shoppers, answers nobody else',
  async (name, who) => {
    const contract = forShoppers.find((one) => one.name === name);
    if (!contract) throw new Error('The sweep lost its way');
    const stranger = elsewhere();
    const answer = await stranger.call(contract, shopperSamples[name]);
    // A first command makes an anonymous shopper; a read does not, and money needs a phone.
    const isMade = who === 'shopper' && contract.kind === 'command';
    expect([stranger.lastStatus, stranger.cookies.size > 0]).toEqual(isMade ? [200, true] : [401, false]);
    if (isMade) return;
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'login_required' } });
    if (who === 'verified') {
      expect(await browsers.shopper?.call(contract, shopperSamples[name])).toMatchObject({
        ok: false,
        refusal: { code: 'phone_required' },
      });
    }
  },
);
