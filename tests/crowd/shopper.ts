import { setTimeout as pause } from 'node:timers/promises';
import { productRead, type Sku, venueRead } from '../../lib/contracts/catalog.ts';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import { addressSave, sendCode, verifyCode } from '../../lib/contracts/identity.ts';
import { orderCancel, orderQuote, orderRead, orderSubmit, type Quote } from '../../lib/contracts/order.ts';
import { paymentStart, sandboxPay, sandboxTradeRead } from '../../lib/contracts/payment.ts';
import { type Festival, Phone } from './phone.ts';
import { hesitationMs, pick, type Random } from './random.ts';

/** How people are; shares of all who come to that point. */
export const HABITS = {
  /** Look at goods of a session rather than at ordinary ones. */
  seeksSession: 0.8,
  /** Wait for a session that opens soon. */
  waitsForOpeningMs: 60_000,
  /** Agree when the price has changed since it was shown. */
  agreesToNewPrice: 0.75,
  pays: 0.82,
  cancels: 0.08,
  thinkMs: 2_500,
  /** After an order a person does other things: this share of the whole time, on average. */
  restShare: 1 / 6,
} as const;

const SUBMIT_TRIES_MAX = 4;
/** The result page asks this often, until it knows; the gateway has its own pace, whatever the crowd's. */
const PAID_LOOK_MS = 500;
const PAID_LOOKS_MAX = 40;

export type World = {
  readonly festival: Festival;
  /** Handles of goods outside sessions. */
  readonly handles: readonly string[];
  /** Aborted when the time is over: whoever thinks stops thinking. */
  readonly closing: AbortSignal;
  readonly durationMs: number;
  /** 1 is the pace of people; smaller is quicker. */
  readonly pace: number;
};

export class NotDemo extends Error {}

/** One shopper of the crowd, from login to the last order. All chances come from `random`, so a seed repeats them. */
export class CrowdShopper {
  private readonly phone: Phone;
  private readonly world: World;
  private readonly number: string;
  private readonly random: Random;
  private addressId = '';

  constructor(world: World, number: string, random: Random) {
    this.world = world;
    this.phone = new Phone(world.festival);
    this.number = number;
    this.random = random;
  }

  private think(meanMs: number): Promise<void> {
    return this.wait(hesitationMs(this.random, meanMs));
  }

  /** @throws AbortError when the time is over. */
  private async wait(ms: number): Promise<void> {
    await pause(ms * this.world.pace, undefined, { signal: this.world.closing });
  }

  private get tally() {
    return this.world.festival.tally;
  }

  /** Random like all else, so that a seed gives the same keys. */
  private uuid(): string {
    const hex = Array.from({ length: 32 }, () => Math.floor(this.random() * 16).toString(16));
    hex[12] = '4';
    hex[16] = '8';
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  /** Comes, signs in, and shops until the time is over. @throws AbortError then. */
  async live(): Promise<void> {
    if (!(await this.signIn())) return;
    this.tally.shoppers++;
    for (;;) {
      await this.think(HABITS.thinkMs);
      const sku = await this.browse();
      if (sku && (await this.buy(sku))) await this.think(this.world.durationMs * HABITS.restShare);
    }
  }

  private async signIn(): Promise<boolean> {
    const sent = await this.phone.call(sendCode, { phone: this.number });
    if (!sent.ok) {
      this.tally.refuse(sent.refusal.code);
      return false;
    }
    // With a provider the code goes to a real phone; nobody of the crowd has one.
    if (sent.value.sandboxCode === null) throw new NotDemo('A real SMS provider is set; the crowd needs the sandbox.');
    await this.think(HABITS.thinkMs);
    const verified = await this.phone.call(verifyCode, { phone: this.number, code: sent.value.sandboxCode });
    if (!verified.ok) {
      this.tally.refuse(verified.refusal.code);
      return false;
    }
    if (!verified.value.person.isDemo) {
      throw new NotDemo(
        'This Festa does not know the load identity of this folder (FESTA_HOME), or runs in production.',
      );
    }
    this.addressId = this.uuid();
    const saved = await this.phone.call(addressSave, {
      id: this.addressId,
      name: '演示顾客',
      phone: this.number,
      provinceCode: '31',
      cityCode: '3101',
      areaCode: '310101',
      region: '上海市 黄浦区',
      street: '演示路 1 号',
      isDefault: true,
    });
    if (!saved.ok) this.tally.refuse(saved.refusal.code);
    return saved.ok;
  }

  /** Looks at the festival and at one product; answers what he likes, after waiting for its opening. */
  private async browse(): Promise<Sku | null> {
    const venue = await this.phone.call(venueRead, {});
    if (!venue.ok) {
      this.tally.refuse(venue.refusal.code);
      return null;
    }
    const { now, sessions } = venue.value;
    const soon = sessions.filter(({ startsAt, endsAt }) => startsAt <= now + HABITS.waitsForOpeningMs && endsAt > now);
    const session = this.random() < HABITS.seeksSession ? pick(this.random, soon) : undefined;
    const handle = pick(this.random, session?.products ?? this.world.handles) ?? pick(this.random, this.world.handles);
    if (handle === undefined) return null;
    const page = await this.phone.call(productRead, { handle });
    if (!page.ok) {
      this.tally.refuse(page.refusal.code);
      return null;
    }
    await this.think(HABITS.thinkMs);
    const { skus } = page.value.product;
    const onSale = session ? skus.filter(({ offers }) => offers.some((offer) => offer.sessionId === session.id)) : skus;
    const sku = pick(this.random, onSale.length > 0 ? onSale : skus) ?? null;
    const opensInMs = session ? session.startsAt - Date.now() : 0;
    // The last seconds before the opening are the same for all; the tap comes a moment after it.
    if (opensInMs > 0) await pause(opensInMs + this.random() * 1_500, undefined, { signal: this.world.closing });
    return sku;
  }

  private async quote(sku: Sku): Promise<Quote | null> {
    const answer = await this.phone.call(orderQuote, { lines: [{ skuId: sku.id, quantity: 1 }] });
    if (answer.ok && answer.value.problems.length === 0) return answer.value.quote;
    const problems = answer.ok ? answer.value.problems : 'problems' in answer.refusal ? answer.refusal.problems : [];
    for (const { code } of problems) this.tally.refuse(code);
    if (!answer.ok && problems.length === 0) this.tally.refuse(answer.refusal.code);
    return null;
  }

  /** True when an order was accepted, whatever became of it. */
  private async buy(sku: Sku): Promise<boolean> {
    const shown = await this.quote(sku);
    if (!shown) return false;
    let quote: Quote = shown;
    let key = this.uuid();
    for (let tries = 0; tries < SUBMIT_TRIES_MAX; tries++) {
      const started = performance.now();
      const answer: AnswerOf<typeof orderSubmit> = await this.phone.call(orderSubmit, {
        key,
        lines: [{ skuId: sku.id, quantity: 1 }],
        quoteVersion: quote.version,
        addressId: this.addressId,
      });
      this.tally.submitMs.push(performance.now() - started);
      if (answer.ok) {
        this.tally.accepted++;
        await this.settle(answer.value.orderId);
        return true;
      }
      const { refusal } = answer;
      if (refusal.code === 'lines_refused') for (const { code } of refusal.problems) this.tally.refuse(code);
      else this.tally.refuse(refusal.code);
      if (refusal.code === 'try_later') {
        await this.wait(refusal.retryAfterMs * (1 + this.random()));
        continue;
      }
      if (!('quote' in refusal)) return false;
      await this.think(HABITS.thinkMs / 2);
      if (this.random() >= HABITS.agreesToNewPrice) return false;
      quote = refusal.quote;
      key = this.uuid();
    }
    return false;
  }

  /** Pays, cancels, or walks away and lets the hold lapse. */
  private async settle(orderId: string): Promise<void> {
    const mood = this.random();
    await this.think(HABITS.thinkMs);
    if (mood < HABITS.pays) return this.pay(orderId);
    if (mood >= HABITS.pays + HABITS.cancels) {
      this.tally.abandoned++;
      return;
    }
    const answer = await this.phone.call(orderCancel, { id: orderId });
    if (answer.ok) this.tally.cancelled++;
    else this.tally.refuse(answer.refusal.code);
  }

  private async pay(orderId: string): Promise<void> {
    const opened = await this.phone.call(paymentStart, { key: this.uuid(), orderId, channel: 'sandbox' });
    if (!opened.ok) return this.tally.refuse(opened.refusal.code);
    const trade = new URL(opened.value.payUrl, this.world.festival.origin).searchParams.get('trade') ?? '';
    await this.phone.call(sandboxTradeRead, { id: trade });
    await this.think(HABITS.thinkMs);
    const paid = await this.phone.call(sandboxPay, { id: trade });
    if (!paid.ok) return this.tally.refuse(paid.refusal.code);
    for (let looks = 0; looks < PAID_LOOKS_MAX; looks++) {
      const seen = await this.phone.call(orderRead, { id: orderId });
      if (seen.ok && seen.value.order.paidAt !== null) {
        this.tally.paid++;
        return;
      }
      await pause(PAID_LOOK_MS, undefined, { signal: this.world.closing });
    }
    this.tally.refuse('payment_not_seen');
  }
}
