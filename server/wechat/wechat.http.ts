import { wechatJsConfig } from '../../lib/contracts/wechat.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { signedPage } from '../../lib/domain/sharing/signed-page.ts';
import { handle, type Route } from '../platform/door.ts';
import { jsConfig } from './js-config.ts';
import type { Wechat } from './service.ts';

/** `wechat` is null where the shop has no account: everything is refused with a code that the phone says nothing of. */
export function wechatRoutes(wechat: Wechat | null): Route[] {
  return [
    handle(wechatJsConfig, async ({ url }, { now }) => {
      if (!wechat) return refuse({ code: 'wechat_off' });
      const page = signedPage(url, wechat.origins());
      if (page === null) return refuse({ code: 'not_our_page' });
      const ticket = await wechat.credentials.value('ticket');
      return ticket.ok ? accept(jsConfig(wechat.app, ticket.value, page, now)) : ticket;
    }),
  ];
}
