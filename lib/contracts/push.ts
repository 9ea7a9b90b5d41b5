import * as z from 'zod/mini';
import { PUSH_PURPOSES } from '../domain/outreach/purpose.ts';
import { command, epochShape, read, refusal } from './contract.ts';

/* Notices on a device outside the page. What a device may be told: lib/domain/outreach/purpose.ts. */

export const pushPurposeShape = z.enum(PUSH_PURPOSES);
const endpointShape = z.string().check(z.minLength(12), z.maxLength(1_000));
const base64url = (characters: number) => z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${characters}}=?=?$`)));

export const pushHome = read('push.home', {
  who: 'verified',
  summary: 'The key that devices subscribe with, and one’s own devices that have agreed to notices',
  request: z.strictObject({}),
  value: z.object({
    /** Uncompressed point of P-256 in base64url, as browsers want it. */
    publicKey: z.string(),
    devices: z.array(
      z.object({
        /** The first 16 hexadecimal digits of the SHA-256 of its endpoint: a device finds itself by it. */
        mark: z.string(),
        purposes: z.array(pushPurposeShape),
        agreedAt: epochShape,
      }),
    ),
  }),
});

export const pushAgree = command('push.agree', {
  who: 'verified',
  summary: 'This device may be told so much from now on, after its owner has tapped for it; again changes it',
  request: z.strictObject({
    endpoint: endpointShape,
    p256dh: base64url(87),
    auth: base64url(22),
    purposes: z.array(pushPurposeShape).check(z.minLength(1), z.maxLength(PUSH_PURPOSES.length)),
    /** The endpoint that this one takes the place of: a browser renews them by itself. */
    replaces: z.optional(endpointShape),
  }),
  value: z.object({}),
  refusals: [
    /** Notices go to the push services of browsers and nowhere else. */
    refusal('push_service_unknown'),
    /** The keys are of no use: no notice could be read. */
    refusal('push_unusable'),
  ],
});

export const pushStop = command('push.stop', {
  who: 'anyone',
  summary: 'This device is told nothing any more, whoever is signed in: who has its endpoint may stop it',
  request: z.strictObject({ endpoint: endpointShape }),
  value: z.object({}),
});

export const pushStopAll = command('push.stopAll', {
  who: 'verified',
  summary: 'None of one’s own devices is told anything any more',
  request: z.strictObject({}),
  value: z.object({}),
});
