import * as z from 'zod/mini';
import type { TokenScope } from '../domain/sharing/studio.ts';

/*
 * Words used in this folder:
 *
 * - command:  something a person asks to be done; POST, carries a key, answered once per key
 * - read:     a personal or public answer; GET, changes nothing
 * - refusal:  the business says no, with a code that the phone has words for
 * - who:      what a caller must be before the handler sees the request
 */

/** `anyone` needs no session; `shopper` gets an anonymous one; `verified` has proven a phone number. */
export type Who = 'anyone' | 'shopper' | 'verified' | 'operator' | 'marketer' | 'clerk';

export type Schema = z.ZodMiniType;

export type Contract = {
  readonly name: string;
  readonly kind: 'command' | 'read' | 'public';
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  readonly who: Who;
  /** What a token of the API must be for, to ask this without a session; absent: tokens open nothing here. */
  readonly token?: TokenScope;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly request: Schema;
  readonly value: Schema;
  /** What this contract may refuse with, besides the codes that every door knows (`doorRefusals`). */
  readonly refusals: readonly Schema[];
  /** Largest body in bytes; the door's default is 64 KB. */
  readonly bodyBytesMax?: number;
  /** Its answer may be megabytes and is sent compressed. Not for what holds a secret beside words of strangers (BREACH). */
  readonly isLarge?: boolean;
  /** For `public` reads: seconds a shared cache may keep the answer. */
  readonly sharedSeconds?: number;
  /** A field of a read's request that stands in the path after the name, so that a shared cache can key on it. */
  readonly inPath?: string;
};

export type RequestOf<C extends Contract> = z.output<C['request']>;
export type ValueOf<C extends Contract> = z.output<C['value']>;
export type RefusalOf<C extends Contract> = z.output<C['refusals'][number]> | DoorRefusal;
export type AnswerOf<C extends Contract> =
  | { readonly ok: true; readonly value: ValueOf<C> }
  | { readonly ok: false; readonly refusal: RefusalOf<C> };

type Spec<R extends Schema, V extends Schema, F extends readonly Schema[]> = {
  who: Who;
  token?: TokenScope;
  summary: string;
  request: R;
  value: V;
  refusals?: F;
  bodyBytesMax?: number;
  isLarge?: boolean;
  sharedSeconds?: number;
  inPath?: string;
};

/** A command `room.verb`, at POST `/api/room.verb`. */
export function command<N extends string, R extends Schema, V extends Schema, const F extends readonly Schema[] = []>(
  name: N,
  spec: Spec<R, V, F>,
) {
  const refusals = (spec.refusals ?? []) as F;
  return { ...spec, name, refusals, kind: 'command', method: 'POST', path: `/api/${name}` } as const;
}

/** A personal read `room.noun`, at GET `/api/room.noun`; never kept by a shared cache. */
export function read<N extends string, R extends Schema, V extends Schema, const F extends readonly Schema[] = []>(
  name: N,
  spec: Spec<R, V, F>,
) {
  const refusals = (spec.refusals ?? []) as F;
  return { ...spec, name, refusals, kind: 'read', method: 'GET', path: `/api/${name}` } as const;
}

/** A read that is the same for everybody, at GET `/api/public/noun`; a CDN may keep it for `sharedSeconds`. */
export function publicRead<
  N extends string,
  R extends Schema,
  V extends Schema,
  const F extends readonly Schema[] = [],
>(name: N, spec: Omit<Spec<R, V, F>, 'who'>) {
  const refusals = (spec.refusals ?? []) as F;
  return {
    ...spec,
    name: `public.${name}` as const,
    refusals,
    who: 'anyone',
    kind: 'public',
    method: 'GET',
    path: `/api/public/${name}`,
  } as const;
}

/** A refusal with its code and the facts that the shopper needs to act on it. */
export function refusal<const Code extends string, S extends Record<string, Schema> = Record<never, never>>(
  code: Code,
  facts: S = {} as S,
) {
  return z.object({ code: z.literal(code), ...facts });
}

/** The codes that any door may answer with, whatever the contract. */
export const doorRefusals = [
  refusal('invalid_input', { issues: z.array(z.object({ path: z.string(), message: z.string() })) }),
  refusal('too_large', { bytesMax: z.number() }),
  refusal('login_required'),
  refusal('phone_required'),
  refusal('forbidden'),
  refusal('not_found'),
  refusal('key_reused'),
  refusal('try_later', { retryAfterMs: z.number() }),
  refusal('fault', { id: z.string() }),
] as const;

export type DoorRefusal = z.output<(typeof doorRefusals)[number]>;

/* Shapes that many rooms share. */

/** Whole fen, not negative. */
export const fenShape = z.int().check(z.nonnegative());
/** Epoch in milliseconds on the server's clock, up to the year 9999. */
export const epochShape = z.int().check(z.minimum(0), z.maximum(253_402_300_799_999));
/** Made by the phone when the page opens, kept until answered; one answer per key. */
export const keyShape = z.uuid();
export const idShape = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[A-Za-z0-9_.:-]+$/));
/** The code by which a team or a packet is shared: it means nothing and cannot be guessed. */
export const shareCodeShape = z.string().check(z.regex(/^[0-9A-Za-z]{12}$/));
/** What somebody may have typed or pasted as one; what cannot be a code is answered as an unknown one. */
export const codeGivenShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(64));
/** What an operator calls a campaign. */
export const campaignNameShape = z.strictObject({
  zh: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  en: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
});
export const quantityShape = z.int().check(z.minimum(1), z.maximum(99));
/** Text in the two languages of the shop. */
export const localizedShape = z.object({ zh: z.string(), en: z.string() });
export type Localized = z.output<typeof localizedShape>;
export const localeShape = z.enum(['zh-CN', 'en-US']);
export type Locale = z.output<typeof localeShape>;
