/*
 * Which of the shop's mechanics may be shown where. Some apps that open links in a browser of their own forbid pages
 * that reward inviting others, and block the whole domain of a shop that does so. There such a mechanic gives way to the
 * goods; what a shopper has won already is his everywhere.
 */

/** The app whose own browser shows the page; `browser` is any other. */
export type Channel = 'wechat' | 'wecom' | 'qq' | 'weibo' | 'alipay' | 'douyin' | 'browser';

/**
 * `team_invite`: to open, join or share a team packet, and every word that asks for it. `packet_share`: to take a growing
 * packet, help one grow by a visit, or share one. `own_reward`: to open and use what was won.
 */
export type Mechanic = 'team_invite' | 'packet_share' | 'own_reward';

export type MechanicTable = { readonly [M in Mechanic]: { readonly [C in Channel]: boolean } };

/** WeChat's rules for links outside it name red packets, invitations and 助力; WeCom, QQ and Douyin rule alike. Weibo and Alipay do not. */
export const MECHANIC_TABLE: MechanicTable = {
  team_invite: { wechat: false, wecom: false, qq: false, weibo: true, alipay: true, douyin: false, browser: true },
  packet_share: { wechat: false, wecom: false, qq: false, weibo: true, alipay: true, douyin: false, browser: true },
  own_reward: { wechat: true, wecom: true, qq: true, weibo: true, alipay: true, douyin: true, browser: true },
};

/** In this order: WeCom calls itself WeChat too, and WeChat and QQ both run on the engine of the QQ browser. */
const MARKS: readonly (readonly [Channel, RegExp])[] = [
  ['wecom', /\bwxwork\//i],
  ['wechat', /MicroMessenger/i],
  ['qq', /\b(?:QQ|TIM)\/\d|\bV1_(?:AND|IPH)_SQ_/],
  ['weibo', /__weibo|\bWeibo ?\(/i],
  ['alipay', /AlipayClient|AliApp\(AP\//],
  ['douyin', /\baweme[_/]|AppName\/aweme/i],
];

export function channelOf(userAgent: string): Channel {
  return MARKS.find(([, mark]) => mark.test(userAgent))?.[0] ?? 'browser';
}

/** The one place that decides. `table` is the shop's own where an operator has set one. */
export function mechanicAllowed(mechanic: Mechanic, channel: Channel, table: MechanicTable = MECHANIC_TABLE): boolean {
  return table[mechanic][channel];
}
