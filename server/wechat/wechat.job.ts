import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { tidyStates } from './login-state.ts';
import type { Wechat } from './service.ts';

/** Token and ticket are there, and young enough, before a page asks for them; sign-ins that nobody ended are forgotten. */
export function startWechatJob({ wechat, log }: { wechat: Wechat; log: Log }): Loop {
  const work = async () => {
    await wechat.credentials.keepFresh();
    await tidyStates(wechat.db);
  };
  return startLoop('wechat', LIMITS.wechat.keepFreshEveryMs, work, log);
}
