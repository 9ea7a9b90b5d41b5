import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { Wechat } from './service.ts';

/** Token and ticket are there, and young enough, before a page asks for them. */
export function startWechatJob({ wechat, log }: { wechat: Wechat; log: Log }): Loop {
  return startLoop('wechat-credentials', LIMITS.wechat.keepFreshEveryMs, wechat.credentials.keepFresh, log);
}
