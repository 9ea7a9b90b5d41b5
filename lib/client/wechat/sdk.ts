import type wx from 'weixin-js-sdk';
import { call } from '../api.ts';
import { learnWire } from '../wire.ts';
import { WECHAT_WIRE } from '../wire-wechat.ts';

learnWire(WECHAT_WIRE);

/*
 * WeChat's JS-SDK, served by ourselves: pages load nothing from elsewhere. It tells WeChat of each start and each payment
 * by a picture at open.weixin.qq.com; the pages' policy (img-src 'self') stops that, and nothing depends on it.
 */

export type Sdk = typeof wx;
type ApiName = Parameters<Sdk['checkJsApi']>[0]['jsApiList'][number];

const USED: ApiName[] = [
  'updateAppMessageShareData',
  'updateTimelineShareData',
  'onMenuShareAppMessage',
  'onMenuShareTimeline',
  'chooseWXPay',
];
/** After this long WeChat's browser is taken to be silent, as older ones are about what they do not know. */
const SILENT_MS = 8_000;

/** The shop has no account at WeChat: nothing is asked again on this page load. */
let isOff = false;
/** The address that WeChat's browser has agreed to; pages that are only routed to may stand on it. */
let agreed: string | null = null;
/** This WeChat compares the address that the others of its kind do not. */
let isUnlikeItsKind = false;
let running: Promise<Sdk | null> = Promise.resolve(null);

const withoutHash = (url: string): string => url.split('#', 1)[0] ?? '';

/**
 * Addresses to be signed, the likelier first. WeChat on iPhone goes on comparing the address that it loaded, whatever
 * was routed to since; on Android it compares the one that is shown. Versions differ, so the other one is tried too.
 */
export function signedAddresses(isLoadedFirst: boolean): string[] {
  const shown = withoutHash(location.href);
  const [entry] = performance.getEntriesByType('navigation');
  const loaded = entry ? withoutHash(entry.name) : shown;
  return [...new Set(isLoadedFirst ? [loaded, shown] : [shown, loaded])];
}

/** One try: whether WeChat's browser agrees to what the server signed for `url`. */
async function agrees(sdk: Sdk, url: string): Promise<boolean> {
  const config = await call('wechat/js-config', { url });
  if (!config.ok) {
    isOff = config.refusal.code === 'wechat_off';
    return false;
  }
  return new Promise((resolve) => {
    setTimeout(resolve, SILENT_MS, false);
    sdk.error(() => resolve(false));
    sdk.config({ debug: false, ...config.value, jsApiList: [...USED] });
    // `ready` comes at once when an earlier page was agreed to; this question is answered behind what was asked before.
    sdk.ready(() =>
      sdk.checkJsApi({ jsApiList: ['updateAppMessageShareData'], complete: () => resolve(true), success() {} }),
    );
  });
}

async function getReady(): Promise<Sdk | null> {
  if (isOff) return null;
  const isIos = /iPhone|iPad|iPod/.test(navigator.userAgent);
  const addresses = signedAddresses(isIos !== isUnlikeItsKind);
  const sdk = (await import('weixin-js-sdk')).default;
  if (agreed === addresses[0]) return sdk;
  for (const [at, url] of addresses.entries()) {
    if (isOff || !(await agrees(sdk, url))) continue;
    agreed = url;
    if (at > 0) isUnlikeItsKind = !isUnlikeItsKind;
    return sdk;
  }
  return null;
}

/**
 * The SDK, agreed to for the page that is shown; null where that cannot be had, and then nobody is told. Asked one after
 * the other: the SDK has one answer at a time.
 */
export function readySdk(): Promise<Sdk | null> {
  running = running.then(getReady, getReady);
  return running;
}
