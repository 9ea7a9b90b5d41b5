import type { FastifyInstance } from 'fastify';
import { PROBE_PATH, probeAnswer } from './domain-probe.ts';
import type { ShareDomains } from './share-domains.ts';

/** What a share domain answers besides its links: pictures of cards, and questions of ours. */
const ALSO = ['/s/', '/img/', '/icons/', PROBE_PATH] as const;
const MISDIRECTED = 421;

/**
 * Looks at the host that is asked for. A share domain answers its links and hands everything else to the shop's own
 * address; a name that nobody told us of answers no link, so that nobody can dress the shop's links in a name of his.
 */
export function mountShareHosts(
  app: FastifyInstance,
  { domains, origin, secret }: { domains: ShareDomains; origin: string; secret: string },
): void {
  app.addHook('onRequest', (request, reply, next) => {
    const kind = domains.kindOf(request.headers.host);
    if (kind === 'own') return next();
    const { url, method } = request;
    if (kind === 'foreign') {
      if (!url.startsWith('/s/')) return next();
      return void reply.code(MISDIRECTED).header('cache-control', 'no-store').send({ ok: false });
    }
    if (ALSO.some((path) => url.startsWith(path))) return next();
    if (method !== 'GET' && method !== 'HEAD') {
      return void reply.code(MISDIRECTED).header('cache-control', 'no-store').send({ ok: false });
    }
    return void reply.header('cache-control', 'private, no-store').redirect(`${origin}${url}`, 302);
  });

  app.get(`${PROBE_PATH}:nonce`, (request, reply) => {
    const { nonce } = request.params as { nonce: string };
    const host = (request.headers.host ?? '').toLowerCase();
    if (!/^[0-9a-f-]{36}$/.test(nonce) || host === '') return reply.code(404).send('');
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain')
      .send(probeAnswer(secret, host, nonce));
  });
}
