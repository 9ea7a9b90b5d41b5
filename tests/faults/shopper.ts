import type { AnswerOf } from '../../lib/contracts/contract.ts';
import { orderCancel, orderQuote, orderRead, orderSubmit, type Quote } from '../../lib/contracts/order.ts';
import { paymentStart, sandboxPay } from '../../lib/contracts/payment.ts';
import type { Random } from '../crowd/random.ts';
import type { History, Submitted } from './history.ts';
import { NoAnswer } from './line.ts';
import type { Phone } from './phone.ts';

/** Shares of what people do with an order; the rest walk away and let it lapse. */
export type Habits = { readonly pays: number; readonly cancels: number };
const HABITS: Habits = { pays: 0.45, cancels: 0.2 };
const SENDS_TWICE = 0.04;
const LOOKS = 0.2;

/** One shopper of a round. All chances come from `random`, so that a seed repeats what he wants. */
export class FaultShopper {
  readonly phone: Phone;
  private readonly random: Random;
  private readonly history: History;
  private readonly skuId: string;
  private readonly quotes = new Map<number, Quote>();
  /** Latest sequence seen of each order; it only grows, whichever edge answers. */
  private readonly seen = new Map<string, number>();

  private readonly habits: Habits;

  constructor(phone: Phone, skuId: string, random: Random, history: History, habits = HABITS) {
    this.phone = phone;
    this.skuId = skuId;
    this.random = random;
    this.history = history;
    this.habits = habits;
  }

  private uuid(): string {
    const hex = Array.from({ length: 32 }, () => Math.floor(this.random() * 16).toString(16));
    hex[12] = '4';
    hex[16] = '8';
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  /** Looks at the prices before the rush, as a page does when it opens. */
  async arrive(): Promise<void> {
    for (const quantity of [1, 2, 3]) await this.quote(quantity);
  }

  private async quote(quantity: number): Promise<Quote | null> {
    const known = this.quotes.get(quantity);
    if (known) return known;
    const answer = await this.phone.ask(orderQuote, { lines: [{ skuId: this.skuId, quantity }] }, this.history);
    if (!answer.ok || answer.value.problems.length > 0) return null;
    this.quotes.set(quantity, answer.value.quote);
    return answer.value.quote;
  }

  /** One attempt: a submit with a key of its own, sent until it is answered. True when it got an order. */
  async attempt(quantity: number, goesOn = true): Promise<boolean> {
    const quote = await this.quote(quantity);
    if (!quote) {
      this.history.refuse('no_quote');
      return false;
    }
    const key = this.uuid();
    const request = {
      key,
      lines: [{ skuId: this.skuId, quantity }],
      quoteVersion: quote.version,
      addressId: this.phone.addressId,
      mayWait: true,
    };
    const one: Submitted = {
      process: this.phone.number,
      shopperId: this.phone.shopperId,
      skuId: this.skuId,
      quantity,
      doubts: 0,
      orderIds: new Set(),
      totalFen: null,
      wasCommitted: false,
      final: null,
      refusal: null,
    };
    this.history.submitted.set(key, one);
    this.history.note({ process: this.phone.number, f: 'submit', key, type: 'invoke', value: quantity });
    const isAgain = this.random() < SENDS_TWICE;
    const twin = isAgain ? this.twin(request, one) : null;
    const again = { ...request, isAgain: true };
    const answer = await this.phone.ask(orderSubmit, isAgain ? again : request, this.history, {
      whenAgain: { isAgain: true },
      onDoubt: () => {
        one.doubts += 1;
        this.history.note({ process: this.phone.number, f: 'submit', key, type: 'info' });
      },
    });
    await twin;
    this.settle(key, one, answer);
    if (answer.ok && goesOn) await this.goOn(answer.value.orderId);
    return answer.ok;
  }

  /** A first sending on another connection that the phone gave up on at once: its answer comes early, late or never. */
  private async twin(request: object, one: Submitted): Promise<void> {
    try {
      const answer = await this.phone.send(orderSubmit, request);
      // Not what he was told: the phone hears its last sending only.
      if (answer.ok) one.orderIds.add(answer.value.orderId);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }

  private acknowledge(one: Submitted, answer: AnswerOf<typeof orderSubmit> & { ok: true }): void {
    one.orderIds.add(answer.value.orderId);
    one.totalFen = answer.value.totalFen;
    one.final = 'ok';
  }

  private settle(key: string, one: Submitted, answer: AnswerOf<typeof orderSubmit>): void {
    const { number } = this.phone;
    if (answer.ok) {
      this.acknowledge(one, answer);
      one.wasCommitted = one.doubts > 0 && answer.value.isReplay;
      this.history.note({ process: number, f: 'submit', key, type: 'ok', value: answer.value });
      return;
    }
    one.final ??= 'refused';
    const { refusal } = answer;
    const code = refusal.code === 'lines_refused' ? (refusal.problems[0]?.code ?? refusal.code) : refusal.code;
    one.refusal = code;
    this.history.refuse(code);
    this.history.note({ process: number, f: 'submit', key, type: 'fail', value: code });
    if ('quote' in refusal) {
      const units = refusal.quote.lines.reduce((sum, line) => sum + line.quantity, 0);
      this.quotes.set(units, refusal.quote);
    } else if (code === 'quote_invalid') this.quotes.clear();
  }

  /** Pays, cancels or walks away; sometimes looks at the order first. */
  private async goOn(orderId: string): Promise<void> {
    if (this.random() < LOOKS) await this.look(orderId);
    const mood = this.random();
    const { pays, cancels } = this.habits;
    if (mood < pays) await this.pay(orderId);
    else if (mood < pays + cancels) {
      const answer = await this.phone.ask(orderCancel, { id: orderId }, this.history);
      if (answer.ok) this.history.cancelled.add(orderId);
      else this.history.refuse(answer.refusal.code);
    }
    if (this.random() < LOOKS) await this.look(orderId);
  }

  private async pay(orderId: string): Promise<void> {
    const opened = await this.phone.ask(paymentStart, { key: this.uuid(), orderId, channel: 'sandbox' }, this.history);
    if (!opened.ok) return this.history.refuse(opened.refusal.code);
    const id = new URL(opened.value.payUrl, 'http://festa').searchParams.get('trade') ?? '';
    const paid = await this.phone.ask(sandboxPay, { id }, this.history);
    if (paid.ok && paid.value.state === 'paid') this.history.paid.add(orderId);
    else this.history.refuse(paid.ok ? paid.value.state : paid.refusal.code);
  }

  private async look(orderId: string): Promise<void> {
    const answer = await this.phone.ask(orderRead, { id: orderId }, this.history);
    if (!answer.ok) return void this.history.regressions.push(`order ${orderId} is gone: ${answer.refusal.code}`);
    const { sequence } = answer.value.order;
    const before = this.seen.get(orderId) ?? 0;
    if (sequence < before) this.history.regressions.push(`order ${orderId}: ${sequence} after ${before}`);
    this.seen.set(orderId, sequence);
  }
}
