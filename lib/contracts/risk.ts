import * as z from 'zod/mini';
import { RISK_ACTIONS, RISK_MECHANICS } from '../domain/risk/risk.ts';
import { RISK_RULES, type RiskReason } from '../domain/risk/rules.ts';
import { command, epochShape, fenShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';

/*
 * Words used in this room: lib/domain/risk/risk.ts. What a machine has decided about a reward is told with its reasons,
 * is kept, and can be appealed once.
 */

export const riskMechanicShape = z.enum(RISK_MECHANICS);
export const riskActionShape = z.enum(RISK_ACTIONS);
export const riskReasonShape = z.enum(RISK_RULES.map(({ code }) => code) as [RiskReason, ...RiskReason[]]);

/** Bytes as base64url without padding. */
const bytesShape = (length: number) =>
  z.string().check(z.length(Math.ceil((length * 4) / 3)), z.regex(/^[A-Za-z0-9_-]+$/));

/**
 * This device's signature under one command: ECDSA P-256 with SHA-256 over the UTF-8 text
 * `festa:<command name>:<key>:<at>`, 64 bytes r and s, by the key that `risk.registerDevice` knows. Left out, or not
 * good: a weak sign and never a refusal.
 */
const deviceShape = z.strictObject({
  /** SHA-256 of the raw public key. */
  id: bytesShape(32),
  /** When it was signed, epoch ms of the server's clock as the phone knows it. */
  at: epochShape,
  signature: bytesShape(64),
});
export type DeviceSignature = z.output<typeof deviceShape>;

/** What every command that may make a reward can carry besides its own; old phones send neither. */
export const rewardFields = {
  device: z.optional(deviceShape),
  /** A solved `risk.work`: base64 of JSON `{challenge, solution}`, good once. */
  work: z.optional(z.string().check(z.minLength(1), z.maxLength(4_000))),
};

export const rewardLimitShape = z.enum(['person', 'payout', 'device', 'pace', 'codes']);

/** This account does not get rewards of this campaign; he may appeal. */
export const rewardBlocked = refusal('risk_blocked', {
  decisionId: idShape,
  reasons: z.array(riskReasonShape),
  mayAppeal: z.boolean(),
});

/** What the rules against fraud may answer to a command that may make a reward. */
export const rewardRefusals = [
  /** The work of `risk.work` has to be done first, once more with the same key; `isSpent`: what was sent is no good any more. */
  refusal('risk_work_required', { isSpent: z.boolean() }),
  /** A one-time code to his phone (`risk.sendCode`, `risk.verifyCode`), then the same again. */
  refusal('risk_challenge', { decisionId: idShape, reasons: z.array(riskReasonShape) }),
  rewardBlocked,
  /** As many as one person, device or payer may have, or too fast; null: not again in this campaign. */
  refusal('risk_limit', { limit: rewardLimitShape, againAt: z.nullable(epochShape) }),
] as const;

export const riskRegisterDevice = command('risk.registerDevice', {
  who: 'shopper',
  summary: 'Makes this device’s public key known; again changes nothing. Forgotten 30 days after it was last used',
  /** The raw public key, an uncompressed point of P-256. */
  request: z.strictObject({ publicKey: bytesShape(65) }),
  value: z.object({ deviceId: z.string() }),
  refusals: [refusal('not_a_key')],
});

/** Commands that may ask for work. */
export const workCommandShape = z.enum(['team.join', 'packet.accept', 'packet.visit']);

export const riskWork = read('risk.work', {
  who: 'anyone',
  summary: 'Work for one joining command, in the format of altcha 2; good for ten minutes and for one use',
  request: z.strictObject({ command: workCommandShape }),
  value: z.object({
    challenge: z.object({
      parameters: z.object({
        algorithm: z.literal('PBKDF2/SHA-256'),
        nonce: z.string(),
        salt: z.string(),
        cost: z.int(),
        keyLength: z.int(),
        keyPrefix: z.string(),
        keySignature: z.string(),
        expiresAt: z.int(),
        data: z.record(z.string(), z.string()),
      }),
      signature: z.string(),
    }),
  }),
});

export const riskSendCode = command('risk.sendCode', {
  who: 'verified',
  summary: 'Sends a one-time code to the shopper’s own phone',
  request: z.strictObject({}),
  value: z.object({
    phoneMasked: z.string(),
    resendAfterMs: z.int(),
    validForMs: z.int(),
    /** Only where no SMS provider is set. */
    sandboxCode: z.nullable(z.string()),
  }),
  refusals: [refusal('too_many_codes', { retryAfterMs: z.int() })],
});

export const riskVerifyCode = command('risk.verifyCode', {
  who: 'verified',
  summary: 'Takes the code; from then on this device is not asked again until `until`',
  request: z.strictObject({ code: z.string().check(z.regex(/^\d{6}$/)) }),
  value: z.object({ until: epochShape }),
  refusals: [refusal('wrong_code'), refusal('code_expired'), refusal('too_many_tries')],
});

export const riskAppealShape = z.object({
  id: idShape,
  at: epochShape,
  text: z.string(),
  answeredAt: z.nullable(epochShape),
  isUpheld: z.nullable(z.boolean()),
  /** The operator's. */
  words: z.nullable(z.string()),
});

/** `standing`: in force; `freed`, `refused`: what became of a hold or, after an appeal, of a refusal. */
export const riskStateShape = z.enum(['standing', 'freed', 'refused']);

const ownDecisionShape = z.object({
  id: idShape,
  at: epochShape,
  mechanic: riskMechanicShape,
  campaignId: idShape,
  /** The campaign's name; null: there is none of this id. */
  campaign: z.nullable(localizedShape),
  command: z.string(),
  /** What was decided about: a reward, or an order that used some. */
  about: z.enum(['reward', 'order']),
  action: riskActionShape,
  reasons: z.array(riskReasonShape),
  because: z.enum(['score', 'limit', 'marked', 'gate']),
  state: riskStateShape,
  /** Until when at the longest the reward is reviewed; null: it is not held. */
  holdUntil: z.nullable(epochShape),
  couponId: z.nullable(idShape),
  fen: z.nullable(fenShape),
  decidedBy: z.enum(['machine', 'operator']),
  /** The operator's. */
  words: z.nullable(z.string()),
  appeal: z.nullable(riskAppealShape),
  mayAppeal: z.boolean(),
});
export type OwnRiskDecision = z.output<typeof ownDecisionShape>;

const mine = z.object({ now: epochShape, decisions: z.array(ownDecisionShape) });

export const riskMine = read('risk.mine', {
  who: 'shopper',
  summary: 'What was decided about the shopper’s rewards and why, newest first; 50 at most',
  request: z.strictObject({}),
  value: mine,
});

export const riskAppeal = command('risk.appeal', {
  who: 'verified',
  summary: 'Appeals a decision, once; an operator answers in words',
  request: z.strictObject({
    key: keyShape,
    decisionId: idShape,
    text: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  }),
  value: mine,
  refusals: [refusal('unknown_decision'), refusal('already_appealed')],
});
