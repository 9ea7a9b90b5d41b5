import { createSign, randomUUID } from 'node:crypto';
import type { WantedLine } from '../../lib/contracts/order.ts';
import { postgresOrderBook } from '../../server/order/order-book.postgres.ts';
import { orderIdMaker } from '../../server/order/order-id.ts';
import { openOrderQueue } from '../../server/order/order-queue.ts';
import { postgresRefundBook } from '../../server/order/refund-book.postgres.ts';
import { refundService } from '../../server/order/refund-service.ts';
import { orderService } from '../../server/order/service.ts';
import type { SoldOutLimits } from '../../server/order/sold-out-hint.ts';
import { postgresPaymentBook } from '../../server/payment/payment-book.postgres.ts';
import { sandboxChannel } from '../../server/payment/payment-channel.sandbox.ts';
import type { PaymentChannel } from '../../server/payment/payment-channel.ts';
import { gatewayKeys, sandboxGateway } from '../../server/payment/sandbox/gateway.ts';
import { misbehavingGateway, type WhimsOf } from '../../server/payment/sandbox/misbehaving-gateway.ts';
import { paymentService } from '../../server/payment/service.ts';
import { pickupService } from '../../server/pickup/service.ts';
import { pickupDesk } from '../../server/pickup/stores.ts';
import type { Database } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';

const SECRET = 'a secret of the tests';
let workers = 0;

type ShopOptions = {
  /** How the gateway misbehaves, by our number of the trade. */
  whimsOf?: WhimsOf;
  /** Names of channels, all to the same gateway; two of them are two ways to pay. */
  channels?: readonly string[];
  /** Channels of other companies beside them. */
  real?: readonly PaymentChannel[];
  soldOut?: Partial<SoldOutLimits>;
};

/** The order and payment rooms on a test's database, wired as one process wires them; two of them act as two processes. */
export async function openShop(
  db: Database,
  { whimsOf = () => [], channels = ['sandbox'], real = [], soldOut }: ShopOptions = {},
) {
  const keys = await gatewayKeys(db);
  const gateway = misbehavingGateway(sandboxGateway(db, keys.privateKey), whimsOf, () => postNotices());
  const log = openLog('silent');
  const payments = paymentService({
    book: postgresPaymentBook(db),
    channels: new Map<string, PaymentChannel>([
      ...channels.map((name): [string, PaymentChannel] => {
        const notifyUrl = () => `http://127.0.0.1:9/${name}`;
        return [name, { ...sandboxChannel({ gateway, publicKey: keys.publicKey, notifyUrl }), name }];
      }),
      ...real.map((channel): [string, PaymentChannel] => [channel.name, channel]),
    ]),
    log,
  });
  workers += 1;
  const book = postgresOrderBook(db, orderIdMaker(workers));
  const queue = openOrderQueue({
    db,
    book,
    limits: { batchMax: 200, queueMax: 10_000 },
    ...(soldOut ? { soldOut } : {}),
  });
  const orders = orderService({
    book,
    queue,
    secret: SECRET,
    closer: payments.closer,
    pickup: { ...pickupDesk(db), contactOf: async () => ({ name: '小明', phone: '13800000000' }) },
    addressOf: async () => ({ name: '小明', phone: '13800000000', region: '上海市 黄浦区', street: '南京东路 1 号' }),
  });

  const pickups = pickupService({ db, secret: SECRET, orders: book });
  const refunds = refundService({ orders: book, refunds: postgresRefundBook(db) });

  async function submit(shopperId: string, lines: WantedLine[], key: string = randomUUID()) {
    const quoted = await orders.quote(lines, shopperId);
    // Among parallel calls one may be so late that its quote is refused already; that is its answer.
    if (!quoted.ok) return quoted;
    return orders.submit(shopperId, { key, lines, quoteVersion: quoted.value.quote.version, addressId: 'home' });
  }

  /** Submits, and agrees to a new price as often as one is shown. */
  async function buy(shopperId: string, skuId: string, quantity = 1) {
    const lines = [{ skuId, quantity }];
    let answer = await submit(shopperId, lines);
    while (!answer.ok && answer.refusal.code === 'tier_full') answer = await submit(shopperId, lines);
    return answer;
  }

  /** Buys and expects it to be accepted. */
  async function order(shopperId: string, skuId: string, quantity = 1) {
    const answer = await buy(shopperId, skuId, quantity);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return answer.value;
  }

  async function openPayment(orderId: string, channel = 'sandbox') {
    const started = await payments.start({ key: randomUUID(), orderId, channel });
    if (!started.ok) throw new Error(JSON.stringify(started.refusal));
    return { ...started.value, tradeId: started.value.payUrl.split('=')[1] as string };
  }

  /** What the gateway would post for a trade, changed as the test wishes, signed with the gateway's own key or another. */
  async function notice(tradeId: string, change: object = {}, privateKey = keys.privateKey) {
    const trade = await gateway.trade(tradeId);
    if (!trade) throw new Error('no such trade');
    const body = JSON.stringify({
      noticeId: `ntc_${randomUUID()}`,
      tradeId,
      outTradeNo: trade.outTradeNo,
      amountFen: trade.amountFen,
      currency: 'CNY',
      merchantId: trade.merchantId,
      paidAt: Date.now(),
      ...change,
    });
    const signature = createSign('RSA-SHA256').update(body).sign(privateKey, 'base64');
    return { headers: { 'x-sandbox-signature': signature }, body };
  }

  const hear = (told: { headers: Record<string, string>; body: string }) =>
    payments.receiveNotice('sandbox', told.headers, told.body);

  /** Lets the notices that are due arrive, in the order of `arrange`; answers what became of each. */
  async function postNotices(arrange = <T>(due: T[]): T[] => due) {
    const outcomes: string[] = [];
    for (const { id, body, signature, url } of arrange(await gateway.dueNotices(200))) {
      const channel = url.slice(url.lastIndexOf('/') + 1);
      const outcome = await payments.receiveNotice(channel, { 'x-sandbox-signature': signature }, body);
      if (outcome !== 'rejected') await gateway.acknowledged(id);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** Pays at the gateway and lets its notice arrive. */
  async function pay(orderId: string) {
    const { tradeId } = await openPayment(orderId);
    await gateway.pay(tradeId);
    return hear(await notice(tradeId));
  }

  /** The shopper asks for all units that are left, and an operator agrees; the money waits for the worker. */
  async function agreeRefund(shopperId: string, orderId: string): Promise<boolean> {
    const requestId = randomUUID();
    const asked = await refunds.askRefund(shopperId, { id: orderId, key: requestId, reason: 'changed_mind' });
    if (!asked.ok) return false;
    const move = { orderId, requestId, to: 'refunding', actor: 'operator:test', answer: 'agreed' } as const;
    return (await refunds.book.move(move)).ok;
  }

  /** Lets the worker send what is due. */
  const sendRefunds = () => payments.sendRefunds(refunds.book.finish);

  return {
    queue,
    orders,
    pickups,
    refunds,
    agreeRefund,
    sendRefunds,
    payments,
    gateway,
    book,
    submit,
    buy,
    order,
    openPayment,
    postNotices,
    notice,
    hear,
    pay,
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
