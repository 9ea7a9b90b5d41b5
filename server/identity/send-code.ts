import { accept, refuse } from '../../lib/domain/result.ts';
import { codeMessage } from '../outreach/message-port.ts';
import type { Context } from '../platform/door.ts';
import { CODE_VALID_MS, makeCode } from './codes.ts';
import { setCookie } from './cookies.ts';
import { IDENTITY_LIMITS, type Spending } from './rate-limits.ts';
import type { Identity } from './service.ts';

const RESEND_AFTER_MS = IDENTITY_LIMITS.codeResend.perSeconds * 1_000;

/** Sends a one-time code to a phone; its id goes into this browser's cookie. Counted per phone, address and day. */
export async function sendCodeTo({ auth, db, limits, messages, settings }: Identity, phone: string, context: Context) {
  // What the whole shop may send is spent last: a request that sends nothing takes nothing from it.
  const shared: Spending[] = context.isLoadIdentity ? [] : [['codePerDay', 'all']];
  const stranger: Spending[] = context.isLoadIdentity ? [] : [['codePerAddressHour', context.address]];
  const waitMs = await limits.spend(
    ...stranger,
    ['codeResend', phone],
    ['codePerPhoneHour', phone],
    ['codePerPhoneDay', phone],
    ...shared,
  );
  if (waitMs > 0) return refuse({ code: 'too_many_codes', retryAfterMs: waitMs });
  const { id, code } = await makeCode(db, settings.secret, phone);
  await messages.send(codeMessage({ channel: 'sms', to: phone }, code, context.locale), {
    isLoad: context.isLoadIdentity,
  });
  context.setCookie(setCookie(auth.names.code, id, CODE_VALID_MS / 1_000, auth.names.isSecure));
  return accept({
    resendAfterMs: RESEND_AFTER_MS,
    validForMs: CODE_VALID_MS,
    sandboxCode: messages.isSandbox ? code : null,
  });
}
