import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { AnswerOf, Contract } from '../../lib/contracts/contract.ts';
import { LOAD_HEADER } from '../../server/identity/load-identity.ts';
import type { Tally } from './tally.ts';

const ANSWER_MS_MAX = 15_000;
const ANSWER_BYTES_MAX = 4_000_000;

/** A festival on this machine, reached over a bounded number of kept connections. */
export type Festival = {
  readonly origin: URL;
  readonly loadIdentity: string;
  readonly tally: Tally;
  readonly agent: Agent | SecureAgent;
};

/** Only this machine may be flooded. @throws for any other host. */
export function loopbackOrigin(address: string): URL {
  const url = new URL(address);
  // The name is not asked for: a hosts file may send it elsewhere.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  const isLoopback = /^127\.\d+\.\d+\.\d+$/.test(url.hostname) || url.hostname === '[::1]';
  if (!isLoopback || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`The crowd visits this machine only (http://127.0.0.1:…), not ${address}`);
  }
  return url;
}

export function openFestival(origin: URL, loadIdentity: string, tally: Tally, connectionsMax: number): Festival {
  const options = { keepAlive: true, maxSockets: connectionsMax, keepAliveMsecs: 5_000 };
  // The certificate that a local start makes is signed by itself; only loopback is ever spoken to.
  const agent =
    origin.protocol === 'https:' ? new SecureAgent({ ...options, rejectUnauthorized: false }) : new Agent(options);
  return { origin, loadIdentity, tally, agent };
}

type Raw = { status: number; setCookies: readonly string[]; body: string };

/** One phone: keeps its cookies and speaks the contracts over HTTP. */
export class Phone {
  private readonly cookies = new Map<string, string>();
  private readonly festival: Festival;

  constructor(festival: Festival) {
    this.festival = festival;
  }

  private send(method: string, path: string, body: string | null): Promise<Raw> {
    const { origin, agent, loadIdentity } = this.festival;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      [LOAD_HEADER]: loadIdentity,
      'x-festa-locale': 'zh-CN',
      ...(cookie && { cookie }),
      ...(body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const start = origin.protocol === 'https:' ? secureRequest : request;
    return new Promise((done, fail) => {
      const sent = start(new URL(path, origin), { method, headers, agent, timeout: ANSWER_MS_MAX }, (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > ANSWER_BYTES_MAX) sent.destroy(new Error(`${path}: answer over ${ANSWER_BYTES_MAX} bytes`));
          else parts.push(part);
        });
        answer.on('error', fail);
        answer.on('end', () =>
          done({
            status: answer.statusCode ?? 0,
            setCookies: answer.headers['set-cookie'] ?? [],
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      });
      sent.on('timeout', () => sent.destroy(new Error(`${path}: no answer in ${ANSWER_MS_MAX} ms`)));
      sent.on('error', fail);
      sent.end(body ?? undefined);
    });
  }

  /** @throws when the machine failed (no answer, fault); a refusal is a value. */
  async call<C extends Contract>(contract: C, given: Record<string, unknown>): Promise<AnswerOf<C>> {
    const isRead = contract.method === 'GET';
    const query = isRead ? new URLSearchParams(given as Record<string, string>).toString() : '';
    const path = query ? `${contract.path}?${query}` : contract.path;
    this.festival.tally.requests++;
    const { status, setCookies, body } = await this.send(contract.method, path, isRead ? null : JSON.stringify(given));
    for (const header of setCookies) {
      const [pair = '', ...attributes] = header.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (status >= 500) throw new Error(`${contract.name}: ${status} ${body.slice(0, 200)}`);
    return JSON.parse(body) as AnswerOf<C>;
  }
}
