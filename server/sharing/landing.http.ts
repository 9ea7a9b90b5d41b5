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

/** A link's document in one language, ready to be written: its headers, names and values in turn, and its bytes. */
export type LandingAnswer = { readonly head: readonly string[]; readonly body: Buffer };

export type LandingDeps = {
  /** With the document of each language. */
  readonly links: LinkBook<LandingAnswer>;
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

const HEAD = Object.entries(HEADERS).flat();

const STATUS: Readonly<Record<NoLanding, number>> = { unknown: 404, expired: 410, stopped: 410, loop: 404, later: 503 };

/** A person who looks at a page: not a prefetch, not a preview, not a frame, a picture or a script of another page. */
export function isOpening(headers: FastifyRequest['headers'], method: string): boolean {
  if (method !== 'GET') return false;
  const { 'sec-fetch-dest': dest, 'sec-fetch-mode': mode } = headers;
  const isPage = (dest === undefined || dest === 'document') && (mode === undefined || mode === 'navigate');
  return isPage && !isPrefetch(headers);
}

function isPrefetch({ 'sec-purpose': sec, purpose: old, 'x-purpose': x, 'x-moz': moz }: FastifyRequest['headers']) {
  // Most browsers say nothing of the kind.
  if (sec === undefined && old === undefined && x === undefined && moz === undefined) return false;
  return /prefetch|prerender|preview/i.test(`${sec} ${old} ${x} ${moz}`);
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

  /** Counts whoever opens the link. @returns the cookie of one who has no id yet. */
  function welcome(link: KnownLink, request: FastifyRequest): string | null {
    if (!isOpening(request.headers, request.method)) return null;
    const visitor = visitors.of(request.headers);
    if (visitor.kind === 'declined') return null;
    const taken = recorder.offer({
      link,
      visitorId: visitor.id,
      isNewcomer: visitor.kind === 'new',
      address: () => request.ip,
      userAgent: request.headers['user-agent'],
      from: () => sourceOf(link, request),
    });
    if (taken !== 'robot' && (request.query as { via?: unknown }).via !== 's') countOn(domains.ownHost, request);
    return visitor.kind === 'new' ? visitors.give(visitor.id) : null;
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
      const body = Buffer.from(landingPage(link, locale, origin));
      page = { head: [...HEAD, 'content-length', String(body.length)], body };
      pages.set(locale, page);
    }
    const cookie = welcome(link, request);
    // Past what fastify does with a reply: nothing of it is left to do, and it takes as long as all the rest.
    reply.hijack();
    reply.raw.writeHead(200, cookie === null ? [...page.head] : [...page.head, 'set-cookie', cookie]);
    reply.raw.end(page.body);
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
