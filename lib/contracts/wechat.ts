import * as z from 'zod/mini';
import { read, refusal } from './contract.ts';

/*
 * Words used in this room:
 *
 * - app:     the shop's official account at WeChat, with its app id; without one this whole room is off
 * - ticket:  what pages are signed with for WeChat's own browser (jsapi_ticket); one for all edges
 */

export const wechatOff = refusal('wechat_off');
const wechatSilent = refusal('wechat_silent', { retryAfterMs: z.int() });

/** What `wx.config` takes. Named by its address, which issue and partners know: `GET /api/wechat/js-config?url=`. */
export const wechatJsConfig = read('wechat/js-config', {
  who: 'anyone',
  summary: 'Signs one page of the shop for WeChat’s own browser; `url` is the page’s whole address, its hash is cut',
  request: z.strictObject({ url: z.string().check(z.minLength(1), z.maxLength(2_048)) }),
  value: z.object({
    appId: z.string(),
    /** Seconds since 1970, as WeChat wants them. */
    timestamp: z.int(),
    nonceStr: z.string(),
    signature: z.string(),
  }),
  refusals: [wechatOff, wechatSilent, refusal('not_our_page')],
});
