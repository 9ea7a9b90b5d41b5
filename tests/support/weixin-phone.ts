import type { BrowserContext, Page } from '@playwright/test';
import type { Weixin } from './wechat.ts';

/** WeChat's own browser on both kinds of phone, as it names itself. */
export const WEIXIN_AGENTS = {
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x1800312c) NetType/WIFI Language/zh_CN',
  android:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64',
} as const;
export type WeixinKind = keyof typeof WEIXIN_AGENTS;

type Facts = Record<string, string>;
export type SharedCard = { title: string; desc?: string; link: string; imgUrl: string };

/**
 * What WeChat's browser adds to a page, as far as pages of ours use it: the bridge. It lets a page do something only when
 * the page's signature is right for the address that this kind of phone compares: the one it loaded on iPhone, the one it
 * shows on Android. Both are known here from the browser, not from the page.
 */
export async function becomeWeixin(
  page: Page,
  kind: WeixinKind,
  weixin: Weixin,
  ownHost: string,
  pay: (facts: Facts) => Promise<string> = async () => 'get_brand_wcpay_request:cancel',
) {
  const said: { name: string; answer: string }[] = [];
  const cards: { friend: SharedCard | null; timeline: SharedCard | null } = { friend: null, timeline: null };
  let loaded = '';
  let verifiedFor: string | null = null;

  page.on('request', (request) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    loaded = request.url();
    verifiedFor = null;
  });
  const compared = () => (kind === 'iphone' ? loaded : page.url()).split('#', 1)[0] ?? '';
  const mayShare = () => verifiedFor !== null && verifiedFor === compared();

  function verify(facts: Facts): string {
    const claim = {
      appId: facts.verifyAppId ?? '',
      timestamp: facts.verifyTimestamp ?? '',
      nonceStr: facts.verifyNonceStr ?? '',
      signature: facts.verifySignature ?? '',
    };
    const verdict = weixin.verify(claim, compared());
    if (verdict === 'ok') verifiedFor = compared();
    return `config:${verdict}`;
  }

  function share(name: string, facts: Facts): string {
    if (!mayShare()) return `${name}:permission denied`;
    if (new URL(facts.link ?? '').host !== ownHost) return `${name}:invalid url domain`;
    const card = facts as unknown as SharedCard;
    cards[name === 'updateAppMessageShareData' ? 'friend' : 'timeline'] = card;
    return `${name}:ok`;
  }

  await page.exposeFunction('askWeixin', async (name: string, facts: Facts) => {
    const answer = await (async () => {
      if (name === 'getBrandWCPayRequest') return pay(facts);
      if (name === 'preVerifyJSAPI') return verify(facts);
      if (name.startsWith('update')) return share(name, facts);
      if (name === 'checkJsApi' || name === 'getNetworkType') return `${name}:ok`;
      return `${name}:function not exist`;
    })();
    said.push({ name, answer });
    return answer;
  });
  await page.addInitScript((isAndroid) => {
    const ask = (globalThis as unknown as { askWeixin: (name: string, facts: object) => Promise<string> }).askWeixin;
    const can = { updateAppMessageShareData: true, updateTimelineShareData: true };
    Object.assign(globalThis, {
      WeixinJSBridge: {
        on() {},
        async invoke(name: string, facts: object, answer: (told: object) => void) {
          const errMsg = await ask(name, facts);
          // On Android the bridge passes texts only.
          answer({ errMsg, checkResult: isAndroid ? JSON.stringify(can) : can, networkType: 'wifi' });
        },
      },
    });
  }, kind === 'android');
  return { said, cards };
}

/** What a page asks of others than its own host; nothing of it is let through. */
export async function watchStrangers(context: BrowserContext, ownHost: string): Promise<string[]> {
  const asked: string[] = [];
  await context.route(
    (url) => /^(https?|wss?):$/.test(url.protocol) && url.host !== ownHost,
    (route) => {
      asked.push(route.request().url());
      return route.abort();
    },
  );
  return asked;
}
