import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AnswerOf, Contract, DoorRefusal, Locale, RequestOf } from '../../lib/contracts/contract.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import { liveHttpCommands } from '../../lib/contracts/live.ts';
import { type Result, refuse } from '../../lib/domain/result.ts';
import type { TokenScope } from '../../lib/domain/sharing/studio.ts';
import { type EpochMs, toEpochMs } from '../../lib/domain/time.ts';
import { compressed } from './compressed.ts';
import { isUnavailable } from './database.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** What a handler knows of the caller. `now` is the process's clock: for words on the screen, never for a decision. */
export type Context = {
  readonly person: Person | null;
  /** The person's id; the empty string while there is nobody. Handlers behind `shopper` and above may rely on it. */
  readonly shopperId: string;
  readonly locale: Locale;
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  readonly isLoadIdentity: boolean;
  readonly now: EpochMs;
  /** Adds a Set-Cookie header to the answer. */
  setCookie(header: string): void;
};

export type Handler<C extends Contract> = (request: RequestOf<C>, context: Context) => Promise<AnswerOf<C>>;
/** An answer whose contract is no longer known to the compiler. */
type AnyAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly retryAfterMs?: number } };

export type Route = { readonly contract: Contract; readonly handler: Handler<Contract> };

/** Pairs one contract with its handler; a refusal that the contract does not name does not compile. */
export function handle<C extends Contract>(contract: C, handler: Handler<C>): Route {
  return { contract, handler: handler as unknown as Handler<Contract> };
}

/** Who a browser is; given by the identity room. */
export type People = {
  personOf(headers: IncomingHttpHeaders): Promise<Person | null>;
  /** Makes an anonymous shopper; the cookies open his session. */
  makeShopper(headers: IncomingHttpHeaders): Promise<{ person: Person; setCookies: readonly string[] }>;
  isLoadIdentity(headers: IncomingHttpHeaders): boolean;
};

export type DoorDeps = {
  readonly people: People;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Who a token of the API speaks for, if it may do what this scope says; absent: no token opens anything. */
  readonly tokens?: (token: string, scope: TokenScope) => Promise<Result<Person, DoorRefusal>>;
  /** The sentence of a refusal in the shopper's language. */
  readonly sentence: (locale: Locale, refusal: { code: string }) => string;
};

/** Ours only: a proxy in front may ask for a password of its own. */
const BEARER = /^bearer +(festa_[\w-]{20,100})$/i;

const STATUS: Record<string, number> = {
  waiting: 202,
  invalid_input: 400,
  login_required: 401,
  phone_required: 401,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  try_later: 429,
  too_many_codes: 429,
  fault: 500,
};

export function localeOf(headers: IncomingHttpHeaders): Locale {
  const wanted = String(headers['x-festa-locale'] ?? headers['accept-language'] ?? '');
  return wanted.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';
}

/** What stands between a caller and a handler of this kind; null: he may pass. What marketers look at is for operators, too. */
function refusalFor({ who, kind }: Contract, person: Person | null): DoorRefusal | null {
  if (who === 'anyone') return null;
  if (!person) return { code: 'login_required' };
  if (who === 'shopper') return null;
  if (who === 'verified') return person.isVerified ? null : { code: 'phone_required' };
  const mayLook = who === 'marketer' && kind === 'read' && person.role === 'operator';
  return person.role === who || mayLook ? null : { code: 'forbidden' };
}

/** A page of another site may not command in a shopper's name: browsers always say where a POST comes from. */
function isForeign(contract: Contract, { origin, host }: IncomingHttpHeaders): boolean {
  if (!origin || contract.method !== 'POST') return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}

/**
 * Whether every text in a request can be stored: no NUL, no half of a surrogate pair. Postgres refuses a whole batch
 * for one such character, so it is stopped here.
 */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}

/** Whoever asks, over HTTP or an open socket. */
export type Caller = { readonly headers: IncomingHttpHeaders; readonly address: string };

export type Door = {
  /**
   * Answers one command that came over a socket as HTTP would: the same limits, contract, person, handler and words.
   * Null: there is no command of this name.
   */
  ask(name: string, given: unknown, caller: Caller): Promise<object> | null;
};

/** Mounts every route: parses what came in, finds the person, counts, answers exactly once. */
export function openDoor(app: FastifyInstance, routes: readonly Route[], deps: DoorDeps): Door {
  const { people, log, metrics } = deps;
  const publicPerAddress = new RateLimiterMemory({
    points: LIMITS.publicReadsPerAddress.points,
    duration: LIMITS.publicReadsPerAddress.perSeconds,
  });
  const perAddress = new RateLimiterMemory({
    points: LIMITS.requestsPerAddress.points,
    duration: LIMITS.requestsPerAddress.perSeconds,
  });

  async function admit(contract: Contract, caller: Caller, isLoad: boolean): Promise<DoorRefusal | null> {
    if (isForeign(contract, caller.headers)) return { code: 'forbidden' };
    if (isLoad) return null;
    try {
      await (contract.kind === 'public' ? publicPerAddress : perAddress).consume(caller.address);
      return null;
    } catch (limited) {
      return { code: 'try_later', retryAfterMs: (limited as { msBeforeNext?: number }).msBeforeNext ?? 1_000 };
    }
  }

  /** Who presents a token, null when nobody does. A token opens what says so, whatever session comes with it. */
  async function tokenBearer(contract: Contract, { authorization }: IncomingHttpHeaders) {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined || !deps.tokens) return null;
    return contract.token ? deps.tokens(token, contract.token) : refuse<DoorRefusal>({ code: 'forbidden' });
  }

  async function answer(route: Route, given: unknown, caller: Caller, setCookies: string[]): Promise<AnyAnswer> {
    const { contract } = route;
    const { headers, address } = caller;
    const isLoad = people.isLoadIdentity(headers);
    const limited = await admit(contract, caller, isLoad);
    if (limited) return refuse(limited);
    if (!isStorable(given)) {
      return refuse({
        code: 'invalid_input',
        issues: [{ path: '', message: 'text with characters that cannot be stored' }],
      });
    }
    const parsed = contract.request.safeParse(given ?? {});
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
      return refuse({ code: 'invalid_input', issues: issues.slice(0, 20) });
    }
    const byToken = contract.kind === 'public' ? null : await tokenBearer(contract, headers);
    if (byToken && !byToken.ok) return byToken;
    let person = contract.kind === 'public' ? null : (byToken?.value ?? (await people.personOf(headers)));
    if (!person && contract.kind === 'command' && contract.who === 'shopper') {
      const made = await people.makeShopper(headers);
      person = made.person;
      setCookies.push(...made.setCookies);
    }
    const stopped = refusalFor(contract, person);
    if (stopped) return refuse(stopped);
    return (await route.handler(parsed.data as RequestOf<Contract>, {
      person,
      shopperId: person?.id ?? '',
      locale: localeOf(headers),
      address,
      headers,
      isLoadIdentity: isLoad,
      now: toEpochMs(Date.now()),
      setCookie: (header) => setCookies.push(header),
    })) as AnyAnswer;
  }

  /** An answer as it goes out: a refusal has its sentence. Counted. */
  function dress(contract: Contract | null, headers: IncomingHttpHeaders, result: AnyAnswer): AnyAnswer {
    metrics.requests.inc({ contract: contract?.name ?? 'none', outcome: result.ok ? 'ok' : result.refusal.code });
    if (result.ok) return result;
    const { refusal } = result;
    return { ok: false, refusal: { ...refusal, message: deps.sentence(localeOf(headers), refusal) } as typeof refusal };
  }

  /** What a throw means for the caller. */
  function refusalOf(error: Error, url: string | undefined): AnyAnswer {
    if (isUnavailable(error)) {
      log.warn({ url, err: error }, 'the database is away');
      return refuse({ code: 'try_later', retryAfterMs: 2_000 });
    }
    const id = randomUUID();
    log.error({ fault: id, url, err: error }, 'a handler threw');
    return refuse({ code: 'fault', id });
  }

  /** An answer that may be megabytes goes out compressed; it says nothing that a stranger could have put there to guess by. */
  async function sendLarge(request: FastifyRequest, reply: FastifyReply, dressed: AnyAnswer) {
    const text = JSON.stringify(dressed);
    const packed = await compressed(text, request.headers['accept-encoding']);
    reply.code(200).type('application/json; charset=utf-8').header('vary', 'accept-encoding');
    return packed ? reply.header('content-encoding', 'gzip').send(packed) : reply.send(text);
  }

  /** Writes the answer with its status, its cache rule and, for a refusal, its sentence. */
  function send(contract: Contract | null, request: FastifyRequest, reply: FastifyReply, result: AnyAnswer) {
    const dressed = dress(contract, request.headers, result);
    if (result.ok && contract?.kind === 'public') {
      const seconds = contract.sharedSeconds ?? 1;
      reply.header('cache-control', `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds * 5}`);
    } else {
      reply.header('cache-control', 'private, no-store');
    }
    if (result.ok && contract?.isLarge) return sendLarge(request, reply, dressed);
    if (result.ok) return reply.code(200).send(dressed);
    const { refusal } = result;
    if (refusal.code === 'try_later') reply.header('retry-after', Math.ceil((refusal.retryAfterMs ?? 1_000) / 1_000));
    return reply.code(STATUS[refusal.code] ?? 409).send(dressed);
  }

  for (const route of routes) {
    const { contract } = route;
    const isRead = contract.method === 'GET';
    const url = contract.inPath === undefined ? contract.path : `${contract.path}/:${contract.inPath}`;
    app.route({
      method: contract.method,
      url,
      bodyLimit: contract.bodyBytesMax ?? LIMITS.bodyBytesMax,
      handler: async (request, reply) => {
        const stop = metrics.requestSeconds.startTimer({ contract: contract.name });
        try {
          const given = isRead ? { ...(request.query as object), ...(request.params as object) } : request.body;
          const setCookies: string[] = [];
          const result = await answer(route, given, { headers: request.headers, address: request.ip }, setCookies);
          if (setCookies.length > 0) reply.header('set-cookie', setCookies);
          return send(contract, request, reply, result);
        } finally {
          stop();
        }
      },
    });
  }

  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      return send(
        null,
        request,
        reply,
        refuse({ code: 'too_large', bytesMax: request.routeOptions.bodyLimit ?? LIMITS.bodyBytesMax }),
      );
    }
    if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
      return send(
        null,
        request,
        reply,
        refuse({ code: 'invalid_input', issues: [{ path: '', message: error.message }] }),
      );
    }
    return send(null, request, reply, refusalOf(error, request.routeOptions.url));
  });

  const bySocket = new Map(routes.map((route) => [route.contract.name, route]));
  return {
    ask(name, given, caller) {
      const route = liveHttpCommands.some((one) => one === name) ? bySocket.get(name) : undefined;
      if (!route) return null;
      const stop = metrics.requestSeconds.startTimer({ contract: name });
      return answer(route, given, caller, [])
        .catch((error: Error) => refusalOf(error, name))
        .then((result) => dress(route.contract, caller.headers, result))
        .finally(stop);
    },
  };
}

/** The answer for an address below /api that no contract has. */
export function unknownAddress(deps: DoorDeps, request: FastifyRequest, reply: FastifyReply) {
  const refusal = { code: 'not_found' as const };
  reply.header('cache-control', 'private, no-store');
  return reply
    .code(404)
    .send({ ok: false, refusal: { ...refusal, message: deps.sentence(localeOf(request.headers), refusal) } });
}
