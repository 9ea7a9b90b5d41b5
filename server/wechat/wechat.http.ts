import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { wechatJsConfig } from '../../lib/contracts/wechat.ts';
import { wechatMine, wechatSignIn, wechatUnbind, wechatUseName } from '../../lib/contracts/wechat-login.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { signedPage } from '../../lib/domain/sharing/signed-page.ts';
import { handle, type Route } from '../platform/door.ts';
import { LIMITS } from '../platform/limits.ts';
import { SECURITY_HEADERS } from '../platform/release.ts';
import { takeName, unbind } from './binding.ts';
import { jsConfig } from './js-config.ts';
import { WECHAT_BACK } from './login.ts';
import type { Wechat } from './service.ts';

const OFF = { code: 'wechat_off' } as const;

function loginRoutes(wechat: Wechat | null): Route[] {
  return [
    handle(wechatMine, async (_request, { shopperId, headers }) =>
      wechat ? accept(await wechat.login.mine(shopperId, headers)) : refuse(OFF),
    ),

    handle(wechatSignIn, async (wanted, { headers, setCookie }) => {
      if (!wechat) return refuse(OFF);
      const begun = await wechat.login.begin(wanted, headers);
      if (!begun.ok) return begun;
      setCookie(begun.value.setCookie);
      return accept({ url: begun.value.url });
    }),

    handle(wechatUnbind, async (_request, { shopperId, setCookie }) => {
      if (!wechat) return refuse(OFF);
      await unbind(wechat.db, wechat.app.appId, shopperId);
      setCookie(wechat.login.forgetProof());
      return accept({});
    }),

    handle(wechatUseName, async ({ agrees }, { shopperId, headers }) => {
      if (!wechat) return refuse(OFF);
      const { people } = wechat.identity;
      const name = await takeName(wechat.db, wechat.app.appId, shopperId);
      if (agrees && name !== null) {
        await wechat.db.query('update person set display_name = $2, updated_at = now() where id = $1', [
          shopperId,
          name,
        ]);
        people.forget(headers);
      }
      const person = await people.personById(shopperId);
      return person ? accept({ person }) : refuse({ code: 'login_required' });
    }),
  ];
}

/** `wechat` is null where the shop has no account: everything is refused with a code that the phone says nothing of. */
export function wechatRoutes(wechat: Wechat | null): Route[] {
  return [
    handle(wechatJsConfig, async ({ url }, { now }) => {
      if (!wechat) return refuse(OFF);
      const page = signedPage(url, wechat.origins());
      if (page === null) return refuse({ code: 'not_our_page' });
      const ticket = await wechat.credentials.value('ticket');
      return ticket.ok ? accept(jsConfig(wechat.app, ticket.value, page, now)) : ticket;
    }),
    ...loginRoutes(wechat),
  ];
}

/** Where WeChat sends browsers back to: no contract, a redirect to a page of ours. */
export function mountWechatBack(app: FastifyInstance, wechat: Wechat): void {
  const { points, perSeconds } = LIMITS.wechat.backsPerAddress;
  const perAddress = new RateLimiterMemory({ points, duration: perSeconds });
  app.get(WECHAT_BACK, async (request, reply) => {
    // A code in the address must not be told to the pages that come after.
    reply.headers({ ...SECURITY_HEADERS, 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
    const isTooMuch = await perAddress.consume(request.ip).then(
      () => false,
      () => true,
    );
    if (isTooMuch) return reply.redirect('/me?wechat=failed', 303);
    const { to, setCookies } = await wechat.login.comeBack(request.query as object, request.headers);
    if (setCookies.length > 0) reply.header('set-cookie', setCookies);
    return reply.redirect(to, 303);
  });
}
