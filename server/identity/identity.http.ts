import {
  addressList,
  addressRemove,
  addressSave,
  meRead,
  saveProfile,
  sendCode,
  signOut,
  staffSignIn,
  staffVerify,
  verifyCode,
} from '../../lib/contracts/identity.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import { listAddresses, removeAddress, saveAddress } from './addresses.ts';
import { takeCode } from './codes.ts';
import { cookieOf, headersFor, setCookie } from './cookies.ts';
import { sendCodeTo } from './send-code.ts';
import type { Identity } from './service.ts';
import { isBlocked, signInPhone } from './sign-in.ts';
import { checkPassword, checkSecondFactor } from './staff.ts';

function phoneRoutes(identity: Identity): Route[] {
  const { auth, db, people, settings } = identity;
  return [
    handle(sendCode, ({ phone }, context) => sendCodeTo(identity, phone, context)),

    handle(verifyCode, async ({ phone, code }, context) => {
      const id = cookieOf(context.headers, auth.names.code) ?? '';
      const taken = await takeCode(db, settings.secret, { id, phone, code });
      if (!taken.ok) return taken;
      // Told only to who has the phone in his hand.
      if (await isBlocked(db, phone)) return refuse({ code: 'account_blocked' });
      const { person, setCookies } = await signInPhone(identity, {
        phone,
        headers: context.headers,
        locale: context.locale,
        isDemo: context.isLoadIdentity,
      });
      for (const cookie of setCookies) context.setCookie(cookie);
      context.setCookie(setCookie(auth.names.code, '', 0, auth.names.isSecure));
      people.forget(context.headers);
      await identity.tellSignIn(person.id, context.headers);
      return accept({ person });
    }),
  ];
}

function staffRoutes(identity: Identity): Route[] {
  const { auth, limits } = identity;
  return [
    handle(staffSignIn, async ({ email, password }, context) => {
      const key = email.toLowerCase();
      const waitMs = await limits.spend(['passwordPerAddress', context.address], ['passwordPerEmail', key]);
      if (waitMs > 0) return refuse({ code: 'try_later', retryAfterMs: waitMs });
      const checked = await checkPassword(identity, { email: key, password });
      if (!checked.ok) return checked;
      await limits.forgive('passwordPerEmail', key);
      await auth.api.sendTwoFactorOTP({ body: {}, headers: checked.value.challenge });
      for (const cookie of checked.value.setCookies) context.setCookie(cookie);
      return accept({ sandboxCode: identity.takeSandboxCode(key) });
    }),

    handle(staffVerify, async ({ code }, context) => {
      const checked = await checkSecondFactor(identity, context.headers, code);
      if (!checked.ok) return checked;
      for (const cookie of checked.value.setCookies) context.setCookie(cookie);
      return accept({ person: checked.value.person });
    }),
  ];
}

function personRoutes(identity: Identity): Route[] {
  const { auth, db, people } = identity;
  return [
    handle(meRead, async (_request, context) => {
      if (context.person?.role === 'shopper') {
        // The library moves the session's end on, at most once a day; staff sessions end when the day does.
        const { headers } = await auth.api.getSession({ headers: headersFor(context.headers), returnHeaders: true });
        for (const cookie of headers.getSetCookie()) context.setCookie(cookie);
      }
      return accept({ person: context.person });
    }),

    // What the phone keeps for this person (cart, orders, outbox) is cleared by the page: `Clear-Site-Data` would
    // throw away the installed shop with it.
    handle(signOut, async (_request, context) => {
      people.forget(context.headers);
      const { headers } = await auth.api.signOut({ headers: headersFor(context.headers), returnHeaders: true });
      for (const cookie of headers.getSetCookie()) context.setCookie(cookie);
      return accept({});
    }),

    handle(saveProfile, async ({ displayName, locale }, context) => {
      await db.query(
        `update person set display_name = coalesce($2, display_name), locale = coalesce($3, locale), updated_at = now()
         where id = $1`,
        [context.shopperId, displayName ?? null, locale ?? null],
      );
      people.forget(context.headers);
      const person = await people.personById(context.shopperId);
      return person ? accept({ person }) : refuse({ code: 'login_required' });
    }),
  ];
}

function addressRoutes({ db }: Identity): Route[] {
  return [
    handle(addressList, async (_request, { shopperId }) => accept({ addresses: await listAddresses(db, shopperId) })),
    handle(addressSave, async (wanted, { shopperId }) => {
      const saved = await saveAddress(db, shopperId, wanted);
      return saved.ok ? accept({ addresses: saved.value }) : saved;
    }),
    handle(addressRemove, async ({ id }, { shopperId }) =>
      accept({ addresses: await removeAddress(db, shopperId, id) }),
    ),
  ];
}

export function identityRoutes(identity: Identity): Route[] {
  return [...phoneRoutes(identity), ...staffRoutes(identity), ...personRoutes(identity), ...addressRoutes(identity)];
}
