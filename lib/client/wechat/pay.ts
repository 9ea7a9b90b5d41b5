import type { WechatBridge } from '../../contracts/payment.ts';
import type { Locale } from '../../messages/define.ts';
import { wechatMessages } from '../../messages/wechat.ts';

type Bridge = {
  invoke(name: string, facts: object, told: (answer: { err_msg?: string; errMsg?: string }) => void): void;
};
const bridgeOf = (): Bridge | undefined => (globalThis as { WeixinJSBridge?: Bridge }).WeixinJSBridge;

/** WeChat's browser puts its bridge into a page a little after it has loaded. */
const BRIDGE_MS_MAX = 5_000;

function bridgeReady(): Promise<Bridge | undefined> {
  const bridge = bridgeOf();
  if (bridge) return Promise.resolve(bridge);
  return new Promise((resolve) => {
    const done = () => resolve(bridgeOf());
    document.addEventListener('WeixinJSBridgeReady', done, { once: true });
    setTimeout(done, BRIDGE_MS_MAX);
  });
}

/**
 * WeChat asks its owner for the money. By the bridge itself, as WeChat Pay documents it: paying needs no signed page.
 * Null: WeChat says that he has paid, which the server has yet to hear; else the sentence of what happened.
 */
export async function payInWechat(facts: WechatBridge, locale: Locale): Promise<string | null> {
  const words = wechatMessages[locale];
  const bridge = await bridgeReady();
  if (!bridge) return words.payFailed;
  const told = await new Promise<string>((resolve) => {
    bridge.invoke('getBrandWCPayRequest', facts, (answer) => resolve(answer.err_msg ?? answer.errMsg ?? ''));
  });
  if (told.endsWith(':ok')) return null;
  return told.endsWith(':cancel') ? words.payCancelled : words.payFailed;
}
