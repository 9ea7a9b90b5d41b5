import type { FastifyInstance } from 'fastify';
import type { AnswerOf, Contract } from '../../lib/contracts/contract.ts';

type Extra = { headers?: Record<string, string> };

/** A browser without a screen: keeps its cookies and speaks the contracts to an edge in the same process. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Set-Cookie headers of the last answer, as they came. */
  lastSetCookies: string[] = [];
  lastStatus = 0;
  readonly app: FastifyInstance;
  readonly headers: Record<string, string>;

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.app = app;
    this.headers = headers;
  }

  async call<C extends Contract>(contract: C, request: unknown, extra: Extra = {}): Promise<AnswerOf<C>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...extra.headers, ...(cookie ? { cookie } : {}) };
    const isRead = contract.method === 'GET';
    const response = await this.app.inject({
      method: contract.method,
      url: contract.path,
      headers,
      ...(isRead ? { query: request as Record<string, string> } : { payload: request as object }),
    });
    this.lastStatus = response.statusCode;
    this.lastSetCookies = [response.headers['set-cookie'] ?? []].flat();
    for (const header of this.lastSetCookies) {
      const [pair = '', ...attributes] = header.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response.json() as AnswerOf<C>;
  }
}

/** The value of an accepted answer. @throws with the refusal when it was refused. */
export function accepted<V>(answer: { ok: true; value: V } | { ok: false; refusal: { code: string } }): V {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

/** The code of a refusal, or `ok`. */
export function outcomeOf(answer: { ok: true } | { ok: false; refusal: { code: string } }): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}
