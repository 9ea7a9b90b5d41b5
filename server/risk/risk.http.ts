import { randomUUID } from 'node:crypto';
import {
  riskAppeal,
  riskMine,
  riskRegisterDevice,
  riskSendCode,
  riskVerifyCode,
  riskWork,
} from '../../lib/contracts/risk.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { PASS_MS } from '../../lib/domain/risk/risk.ts';
import { takeCode } from '../identity/codes.ts';
import { cookieOf } from '../identity/cookies.ts';
import { sendCodeTo } from '../identity/send-code.ts';
import type { Identity } from '../identity/service.ts';
import { maskRecipient } from '../outreach/message-port.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { appeal, listOwnDecisions } from './own-decisions.ts';
import type { Risk } from './service.ts';

/** The challenge: a one-time code to the phone that he has verified, good for this browser for half an hour. */
function codeRoutes({ identity, risk }: { identity: Identity; risk: Risk }): Route[] {
  const { auth, db, people, settings } = identity;
  async function phoneOf({ shopperId }: Context): Promise<string> {
    const [row] = await db.query<{ phone: string }>('select phone_number as phone from person where id = $1', [
      shopperId,
    ]);
    if (!row?.phone) throw new Error('A verified person has a phone');
    return row.phone;
  }
  return [
    handle(riskSendCode, async (_request, context) => {
      const phone = await phoneOf(context);
      const sent = await sendCodeTo(identity, phone, context);
      return sent.ok ? accept({ ...sent.value, phoneMasked: maskRecipient(phone) }) : sent;
    }),

    handle(riskVerifyCode, async ({ code }, context) => {
      const id = cookieOf(context.headers, auth.names.code) ?? '';
      const taken = await takeCode(db, settings.secret, { id, phone: await phoneOf(context), code });
      if (!taken.ok) return taken;
      const session = people.sessionOf(context.headers);
      if (session === null) return refuse({ code: 'login_required' });
      const [pass] = await db.query<{ until: number }>(
        `insert into risk_pass (shopper_id, session, until) values ($1, $2, now() + $3 * interval '1 millisecond')
         on conflict (shopper_id, session) do update set until = excluded.until returning ${epochMs('until')} as until`,
        [context.shopperId, risk.hashes.session(session), PASS_MS],
      );
      return accept({ until: pass?.until ?? context.now });
    }),
  ];
}

export function riskRoutes({ identity, risk }: { identity: Identity; risk: Risk }): Route[] {
  const { db } = identity;
  return [
    handle(riskRegisterDevice, async ({ publicKey }) => {
      const deviceId = await risk.devices.register(publicKey);
      return deviceId === null ? refuse({ code: 'not_a_key' }) : accept({ deviceId });
    }),
    handle(riskWork, async ({ command }, { shopperId, address, headers }) => {
      const mechanic = command === 'team.join' ? 'team' : 'packet';
      const asked = {
        mechanic,
        command,
        campaignId: '',
        shopperId,
        key: randomUUID(),
        caller: { address, headers },
      } as const;
      const score = shopperId === '' ? 0 : await risk.scoreOf(asked);
      return accept({ challenge: await risk.work.challenge(command, score) });
    }),
    ...codeRoutes({ identity, risk }),
    handle(riskMine, async (_request, { shopperId }) => accept(await listOwnDecisions(db, shopperId))),
    handle(riskAppeal, (request, { shopperId }) => appeal(db, shopperId, request)),
  ];
}
