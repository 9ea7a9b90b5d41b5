import * as z from 'zod/mini';
import { EXPORTS, TOKEN_SCOPES } from '../domain/sharing/studio.ts';
import { command, epochShape, idShape, read, refusal } from './contract.ts';
import { inCampaign, unknownCampaign } from './studio-shapes.ts';

/* What is taken away: tables, and tokens of the API; words as in studio-shapes.ts. */

export const studioExport = read('studio.export', {
  who: 'marketer',
  token: 'export',
  summary: 'A table of a campaign as a file: pseudonyms and shown names, never a phone number or an account',
  isLarge: true,
  request: z.strictObject({ ...inCampaign, what: z.enum(EXPORTS), format: z.enum(['csv', 'json']) }),
  value: z.object({
    fileName: z.string(),
    contentType: z.string(),
    text: z.string(),
    rows: z.int(),
    isCut: z.boolean(),
  }),
  refusals: [unknownCampaign],
});

const tokenShape = z.object({
  id: idShape,
  name: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  /** How it begins, to know it by. */
  start: z.string(),
  madeBy: z.string(),
  madeAt: epochShape,
  expiresAt: epochShape,
  /** To within a minute. */
  lastUsedAt: z.nullable(epochShape),
  revokedAt: z.nullable(epochShape),
});

export const studioTokens = read('studio.tokens', {
  who: 'marketer',
  summary: 'Tokens of the API, newest first; what they are is shown once, when they are made',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, tokens: z.array(tokenShape) }),
});

export const studioMakeToken = command('studio.makeToken', {
  who: 'marketer',
  summary: 'Makes a token of the API; the answer is the only place where it ever is',
  request: z.strictObject({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    scopes: z.array(z.enum(TOKEN_SCOPES)).check(z.minLength(1), z.maxLength(TOKEN_SCOPES.length)),
    days: z.int().check(z.minimum(1), z.maximum(365)),
  }),
  value: z.object({ id: idShape, token: z.string(), expiresAt: epochShape }),
  refusals: [refusal('too_many_tokens', { max: z.int() })],
});

export const studioRevokeToken = command('studio.revokeToken', {
  who: 'marketer',
  summary: 'Ends a token at once; ending it again changes nothing',
  request: z.strictObject({ id: idShape }),
  value: z.object({}),
  refusals: [refusal('unknown_token')],
});
