import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, Contract } from '../../lib/contracts/contract.ts';
import { addressSave, sendCode, verifyCode } from '../../lib/contracts/identity.ts';
import { stockRead } from '../../lib/contracts/live.ts';
import { LOAD_HEADER } from '../../server/identity/load-identity.ts';
import { accepted } from '../support/browser.ts';
import type { History } from './history.ts';
import { Line, NoAnswer } from './line.ts';

const RESEND_MS_MAX = 90_000;
/** What says that there is no result yet. */
const COME_AGAIN = new Set(['try_later', 'waiting']);

/** A phone with several ways to the shop: where no answer came it sends the same again, elsewhere. */
export class Phone {
  readonly number: number;
  shopperId = '';
  addressId = '';
  private readonly lines: readonly Line[];
  readonly loadIdentity: string;
  /** Of a network of its own: phones behind one address are taken for one crowd. */
  private readonly address: string;
  private readonly cookies = new Map<string, string>();
  /** What its browser would send. */
  cookieHeader = '';
  private turn = 0;

  constructor(number: number, ports: readonly number[], loadIdentity: string) {
    this.number = number;
    this.lines = ports.map((port) => new Line(port));
    this.loadIdentity = loadIdentity;
    this.address = `${11 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}.1`;
    this.turn = number;
  }

  /** Sends once. @throws NoAnswer. */
  async send<C extends Contract>(contract: C, given: object): Promise<AnswerOf<C> & { status: number }> {
    const isRead = contract.method === 'GET';
    const query = isRead ? new URLSearchParams(given as Record<string, string>).toString() : '';
    const body = isRead ? '' : JSON.stringify(given);
    const head = `${contract.method} ${contract.path}${query && `?${query}`} HTTP/1.1\r\nhost: festa\r\n${LOAD_HEADER}: ${this.loadIdentity}\r\nx-forwarded-for: ${this.address}\r\n`;
    const cookie = this.cookieHeader && `cookie: ${this.cookieHeader}\r\n`;
    const rest = isRead ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    this.turn += 1;
    const line = this.lines[this.turn % this.lines.length] as Line;
    const reply = await line.send(`${head}${cookie}${rest}\r\n${body}`);
    if (reply.setCookies.length > 0) this.keepCookies(reply.setCookies);
    return { ...(JSON.parse(reply.body) as AnswerOf<C>), status: reply.status };
  }

  /** The polled picture of one shelf: its board's life and version; null when the edge does not know the shelf. @throws NoAnswer. */
  async shelf(id: string): Promise<{ epoch: string; version: number } | null> {
    this.turn += 1;
    const line = this.lines[this.turn % this.lines.length] as Line;
    const head = `GET ${stockRead.path}/${id} HTTP/1.1\r\nhost: festa\r\n${LOAD_HEADER}: ${this.loadIdentity}\r\n\r\n`;
    const answer = JSON.parse((await line.send(head)).body) as AnswerOf<typeof stockRead>;
    if (!answer.ok) return null;
    const [, epoch, version] = answer.value.frame;
    return { epoch, version };
  }

  private keepCookies(setCookies: readonly string[]): void {
    for (const header of setCookies) {
      const [pair = '', ...attributes] = header.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.cookieHeader = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /**
   * Sends until somebody answers with more than "come again", as a phone does; `onDoubt` hears of those sendings that nobody
   * answered, `whenAgain` is what the request says from the second one on. @throws Error when nobody answers for a minute and a half.
   */
  async ask<C extends Contract>(
    contract: C,
    given: object,
    history: History,
    hear: { onDoubt?: () => void; whenAgain?: object } = {},
  ): Promise<AnswerOf<C>> {
    const until = performance.now() + RESEND_MS_MAX;
    const heard: Record<string, number> = {};
    const hearAgain = (word: string) => {
      heard[word] = (heard[word] ?? 0) + 1;
    };
    for (let tries = 0; performance.now() < until; tries += 1) {
      try {
        const answer = await this.send(contract, tries > 0 ? { ...given, ...hear.whenAgain } : given);
        if (answer.status >= 500) {
          history.faults.push(`${contract.name}: ${JSON.stringify(answer)}`);
          hearAgain(String(answer.status));
          hear.onDoubt?.();
        } else {
          const code = answer.ok ? 'ok' : (answer.refusal as { code: string }).code;
          if (!COME_AGAIN.has(code)) return answer;
          history.refuse(code);
          hearAgain(code);
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        hearAgain(error.message);
        hear.onDoubt?.();
      }
      await pause(20 + Math.min(400, 20 * 2 ** tries) * Math.random());
    }
    throw new Error(`${contract.name} was not answered in ${RESEND_MS_MAX} ms, but: ${JSON.stringify(heard)}`);
  }

  async signIn(phone: string, history: History): Promise<void> {
    const sent = accepted(await this.ask(sendCode, { phone }, history));
    const { person } = accepted(await this.ask(verifyCode, { phone, code: sent.sandboxCode ?? '' }, history));
    this.shopperId = person.id;
    this.addressId = randomUUID();
    const address = { provinceCode: '31', cityCode: '3101', areaCode: '310101', region: '上海市 黄浦区' };
    const rest = { name: '小明', phone, street: '南京东路 1 号', isDefault: true };
    accepted(await this.ask(addressSave, { id: this.addressId, ...address, ...rest }, history));
  }

  close(): void {
    for (const line of this.lines) line.close();
  }
}
