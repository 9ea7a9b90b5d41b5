import type { Sending, WechatName } from './wire.ts';

/** How the names of the WeChat room are sent; only pages in WeChat's own browser learn them. */
export const WECHAT_WIRE = {
  'wechat/js-config': 'GET',
  'wechat.mine': 'GET',
  'wechat.signIn': 'POST',
  'wechat.unbind': 'again',
  'wechat.useName': 'again',
} as const satisfies { readonly [N in WechatName]: Sending<N> };
