import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../lib/contracts/contract.ts';
import { sharePath } from '../../lib/domain/sharing/share-link.ts';
import { visitSource } from '../../lib/domain/sharing/visit-source.ts';
import { isUnavailable } from '../platform/database.ts';
import { localeOf } from '../platform/door.ts';
import { SECURITY_HEADERS } from '../platform/release.ts';
import { LANDING_POLICY, landingPage, type NoLanding, noLandingPage } from './landing-page.ts';
import { type KnownLink, type LinkBook, LookupsFull } from './link-book.ts';
import { isRobot } from './robots.ts';
import type { ShareDomains } from './share-domains.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import type { VisitorCookie } from './visitor.ts';

export type LandingDeps = {
  /** With the document of each language. */
  readonly links: LinkBook<Buffer>;
  readonly recorder: VisitRecorder;
  readonly visitors: VisitorCookie;
  readonly origin: string;
  readonly domains: ShareDomains;
};

/** What a page of the shop's own host is told by, when its visitor came by a share domain: he was counted there. */
const BY_DOMAIN = 'via=s';

const HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': LANDING_POLICY,
  // Frames of old browsers, which do not know the policy.
  'x-frame-options': 'DENY',
  // Whoever opens it is counted; a copy of it would count nobody, or him as another.
  'cache-control': 'private, no-store',
  vary: 'accept-language, cookie',
};

const STATUS: Readonly<Record<NoLanding, number>> = { unknown: 404, expired: 410, stopped: 410, loop: 404, later: 503 };

/** A person who looks at a page: not a prefetch, not a preview, not a frame, a picture or a script of another page. */
export function isOpening(headers: FastifyRequest['headers'], method: string): boolean {
  if (method !== 'GET') return false;
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''} ${headers['x-purpose'] ?? ''} ${headers['x-moz'] ?? ''}`;
  if (/prefetch|prerender|preview/i.test(purpose)) return false;
  const { 'sec-fetch-dest': dest, 'sec-fetch-mode': mode } = headers;
  return (dest === undefined || dest === 'document') && (mode === undefined || mode === 'navigate');
}

/** What the link's maker chose, or the visitor's own address: some apps add tags of theirs to what is shared. */
function sourceOf(link: KnownLink, request: FastifyRequest) {
  const query = request.query as Record<string, unknown>;
  return visitSource({
    utmSource: query.utm_source ?? link.utmSource ?? link.channel,
    utmMedium: query.utm_medium ?? link.utmMedium,
    referrer: request.headers.referer,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
    ownHost: request.headers.host,
  });
}

/** Mounts `GET /s/<code>`: one small document from memory; the visit is counted behind its back. */
export function mountLanding(app: FastifyInstance, deps: LandingDeps): void {
  const { links, recorder, visitors, origin, domains } = deps;

  function nowhere(reply: FastifyReply, why: NoLanding, locale: Locale) {
    if (why === 'later') reply.header('retry-after', '3');
    return reply.code(STATUS[why]).headers(HEADERS).send(noLandingPage(why, locale));
  }

  /** Counts whoever opens the link, and gives him an id when he has none. */
  function welcome(link: KnownLink, request: FastifyRequest, reply: FastifyReply): void {
    if (!isOpening(request.headers, request.method)) return;
    const visitor = visitors.of(request.headers);
    if (visitor.kind === 'declined') return;
    if (visitor.kind === 'new') reply.header('set-cookie', visitors.give(visitor.id));
    const taken = recorder.offer({
      linkId: link.id,
      visitorId: visitor.id,
      isNewcomer: visitor.kind === 'new',
      address: request.ip,
      userAgent: request.headers['user-agent'],
      ...sourceOf(link, request),
    });
    if (taken !== 'robot' && (request.query as { via?: unknown }).via !== 's') countOn(domains.ownHost, request);
  }

  function countOn(host: string, { headers }: FastifyRequest): void {
    domains.countOpening(host, /MicroMessenger/i.test(headers['user-agent'] ?? ''));
  }

  /** A person at a share domain goes on to the shop's own address and is counted there, where his cookie is. */
  function handOn(code: string, request: FastifyRequest, reply: FastifyReply) {
    const [, search = ''] = request.url.split('?', 2);
    countOn((request.headers.host ?? '').toLowerCase(), request);
    const query = search === '' ? BY_DOMAIN : `${search}&${BY_DOMAIN}`;
    return reply.headers(HEADERS).redirect(`${origin}${sharePath(code)}?${query}`, 302);
  }

  type Found = Awaited<ReturnType<typeof links.find>>;

  function answer(found: Found, locale: Locale, request: FastifyRequest, reply: FastifyReply) {
    const { link, pages } = found;
    if (!link) return nowhere(reply, 'unknown', locale);
    if (link.state !== 'open') return nowhere(reply, link.state, locale);
    if (domains.kindOf(request.headers.host) === 'share' && isOpening(request.headers, request.method)) {
      if (!isRobot(request.headers['user-agent'])) return handOn(link.code, request, reply);
    }
    let page = pages.get(locale);
    if (!page) {
      page = Buffer.from(landingPage(link, locale, origin));
      pages.set(locale, page);
    }
    welcome(link, request, reply);
    return reply.headers(HEADERS).send(page);
  }

  app.get('/s/:code', (request, reply) => {
    const { code } = request.params as { code: string };
    const locale = localeOf(request.headers);
    const known = links.remembered(code);
    if (known) return answer(known, locale, request, reply);
    return links.find(code).then(
      (found) => answer(found, locale, request, reply),
      (error: unknown) => {
        if (error instanceof LookupsFull || isUnavailable(error)) return nowhere(reply, 'later', locale);
        throw error;
      },
    );
  });
}
