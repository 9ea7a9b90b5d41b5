import * as z from 'zod/mini';
import { command, read, refusal } from './contract.ts';
import { personShape } from './identity.ts';
import { wechatOff } from './wechat.ts';

/*
 * Words used here:
 *
 * - openid: by what the shop's app knows one WeChat user; never leaves the server
 * - bound:  an openid and a shopper belong together, one to one
 */

export const wechatMine = read('wechat.mine', {
  who: 'shopper',
  summary: 'Whether a WeChat is bound to this shopper, whether it is the one of this browser, and what it is called',
  request: z.strictObject({}),
  value: z.object({
    isBound: z.boolean(),
    /** This browser has proven that very WeChat. */
    isHere: z.boolean(),
    /** What WeChat calls him, while he has not said whether the shop may. */
    offeredName: z.nullable(z.string()),
  }),
  refusals: [wechatOff],
});

/**
 * `sign_in` and `pay` learn the openid and nothing else, without a question; `name` asks WeChat for his name too, and
 * WeChat asks him. Phone numbers still decide who may order.
 */
export const wechatIntentShape = z.enum(['sign_in', 'pay', 'name']);
export type WechatIntent = z.output<typeof wechatIntentShape>;

export const wechatSignIn = command('wechat.signIn', {
  who: 'shopper',
  summary:
    'Where this browser goes to prove its WeChat; it comes back to `returnTo` with `wechat=` and what became of it',
  request: z.strictObject({ intent: wechatIntentShape, returnTo: z.string().check(z.minLength(1), z.maxLength(300)) }),
  value: z.object({ url: z.string() }),
  refusals: [wechatOff, refusal('not_our_page')],
});

/**
 * What became of it: `ok`; `stale`: too late, twice, or another browser; `failed`: WeChat did not say who it is; `other`:
 * another WeChat is bound to this shopper; `elsewhere`: this WeChat is bound to another phone's account.
 */
export const wechatOutcomeShape = z.enum(['ok', 'stale', 'failed', 'other', 'elsewhere']);
export type WechatOutcome = z.output<typeof wechatOutcomeShape>;

export const wechatUnbind = command('wechat.unbind', {
  who: 'shopper',
  summary: 'Shopper and WeChat are no longer bound; unbinding again changes nothing',
  request: z.strictObject({}),
  value: z.object({}),
  refusals: [wechatOff],
});

export const wechatUseName = command('wechat.useName', {
  who: 'shopper',
  summary: 'Whether the shop may call the shopper what WeChat calls him; either way the offer is forgotten',
  request: z.strictObject({ agrees: z.boolean() }),
  value: z.object({ person: personShape }),
  refusals: [wechatOff],
});
