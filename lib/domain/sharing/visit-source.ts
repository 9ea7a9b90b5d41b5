import { channelOf } from './mechanic-allowed.ts';
import { REFERRERS } from './referrers.ts';
import { cleanTag } from './share-link.ts';

/** The kinds of places that visitors come from, as a marketer's table lists them. */
export const VISIT_CHANNELS = [
  'wechat',
  'wecom',
  'qq',
  'weibo',
  'alipay',
  'douyin',
  'xiaohongshu',
  'bilibili',
  'social',
  'search',
  'email',
  'sms',
  'poster',
  'copy',
  'referral',
  'direct',
] as const;
export type VisitChannel = (typeof VISIT_CHANNELS)[number];

export type VisitSource = {
  readonly channel: VisitChannel;
  /** The tag or the site that said so, in clean text; null when nobody did. */
  readonly source: string | null;
};

/** What marketers write in utm_source and utm_medium, besides the channels' own names. */
const TAGS: Readonly<Record<string, VisitChannel>> = {
  weixin: 'wechat',
  wx: 'wechat',
  mp: 'wechat',
  moments: 'wechat',
  pyq: 'wechat',
  微信: 'wechat',
  朋友圈: 'wechat',
  workwechat: 'wecom',
  wxwork: 'wecom',
  企业微信: 'wecom',
  qzone: 'qq',
  sina: 'weibo',
  微博: 'weibo',
  zhifubao: 'alipay',
  支付宝: 'alipay',
  tiktok: 'douyin',
  抖音: 'douyin',
  xhs: 'xiaohongshu',
  rednote: 'xiaohongshu',
  小红书: 'xiaohongshu',
  bili: 'bilibili',
  哔哩哔哩: 'bilibili',
  organic: 'search',
  cpc: 'search',
  sem: 'search',
  baidu: 'search',
  google: 'search',
  bing: 'search',
  newsletter: 'email',
  mail: 'email',
  edm: 'email',
  message: 'sms',
  短信: 'sms',
  qr: 'poster',
  qrcode: 'poster',
  海报: 'poster',
  link: 'copy',
  clipboard: 'copy',
  koling: 'copy',
  口令: 'copy',
};
const OWN_NAMES: ReadonlySet<string> = new Set(VISIT_CHANNELS);

function channelOfTag(tag: string | null): VisitChannel | null {
  if (tag === null) return null;
  return OWN_NAMES.has(tag) ? (tag as VisitChannel) : Object.hasOwn(TAGS, tag) ? (TAGS[tag] as VisitChannel) : null;
}

/** The site that a referrer names, without `www.`; null for none and for what is no web address. */
export function referrerHost(referrer: string | undefined): string | null {
  if (!referrer || referrer.length > 2_048) return null;
  try {
    const { protocol, hostname } = new URL(referrer);
    return /^https?:$|^android-app:$/.test(protocol) && hostname !== '' ? hostname.replace(/^www\./, '') : null;
  } catch {
    return null;
  }
}

/** What kind of site a host is: itself or the nearest of its parents that is listed. */
export function channelOfHost(host: string): VisitChannel | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    if (Object.hasOwn(REFERRERS, rest)) return REFERRERS[rest] as VisitChannel;
  }
  return null;
}

/**
 * Where a visit came from. A tag that says a channel is believed first: somebody wrote it on purpose; then the app whose
 * browser it is, then the page that linked here. Nothing here is proof of anything: a visitor can send what he likes.
 */
export function visitSource(given: {
  readonly utmSource?: unknown;
  readonly utmMedium?: unknown;
  readonly referrer?: string | undefined;
  readonly userAgent: string;
  /** Our own hosts: a page of ours that links to a link of ours is no source. */
  readonly ownHost?: string | undefined;
}): VisitSource {
  const source = cleanTag(given.utmSource);
  const medium = cleanTag(given.utmMedium);
  const tagged = channelOfTag(source) ?? channelOfTag(medium);
  if (tagged) return { channel: tagged, source: source ?? medium };
  const app = channelOf(given.userAgent);
  if (app !== 'browser') return { channel: app, source };
  const host = referrerHost(given.referrer);
  const isOwn = host !== null && host === given.ownHost?.replace(/:\d+$/, '').replace(/^www\./, '');
  if (host === null || isOwn) return { channel: source ? 'referral' : 'direct', source };
  return { channel: channelOfHost(host) ?? 'referral', source: source ?? cleanTag(host) };
}
