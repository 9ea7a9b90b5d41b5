import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { PROBE_FAULTS, type ProbeFault } from '../../lib/domain/sharing/share-domain.ts';
import { SECOND_MS } from '../../lib/domain/time.ts';

/* Whether a domain leads here: it is asked for a signature that only this installation can make. */

const TIMEOUT_MS = 5 * SECOND_MS;
const ANSWER_CHARS_MAX = 200;
export const PROBE_PATH = '/.well-known/festa-share/';

/** What an edge of ours answers on this host to this question. */
export function probeAnswer(secret: string, host: string, nonce: string): string {
  const key = createHmac('sha256', secret).update('share-probe').digest();
  return createHmac('sha256', key).update(`${host}|${nonce}`).digest('base64url');
}

function faultOf(error: NodeJS.ErrnoException): ProbeFault {
  const code = error.code ?? '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'dns';
  if (/^(ECONN|EHOST|ENET|EPIPE)/.test(code)) return 'refused';
  if (/CERT|TLS|SSL|SELF_SIGNED|EPROTO/.test(code)) return 'tls';
  return (PROBE_FAULTS as readonly string[]).includes(error.message) ? (error.message as ProbeFault) : 'other_site';
}

export type Probe = (host: string) => Promise<ProbeFault | null>;

/** Asks domains. `lookup`: how names are resolved, the system’s way when left out. */
export function openProbe(given: { secret: string; isHttps: boolean; lookup?: LookupFunction }): Probe {
  const { secret, isHttps, lookup } = given;
  return function probe(host) {
    const nonce = randomUUID();
    const send = isHttps ? httpsRequest : httpRequest;
    return new Promise<ProbeFault | null>((resolve) => {
      const request = send(
        `${isHttps ? 'https' : 'http'}://${host}${PROBE_PATH}${nonce}`,
        { ...(lookup ? { lookup } : {}), agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            text += piece;
            if (text.length > ANSWER_CHARS_MAX) response.destroy(new Error('other_site'));
          });
          response.on('error', (error) => resolve(faultOf(error)));
          response.on('end', () => {
            const isOurs = response.statusCode === 200 && text === probeAnswer(secret, host, nonce);
            resolve(isOurs ? null : 'other_site');
          });
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) =>
        resolve(error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : faultOf(error)),
      );
      request.end();
    });
  };
}
