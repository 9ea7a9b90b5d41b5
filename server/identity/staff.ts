import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { APIError } from 'better-auth/api';
import type { Person, Role } from '../../lib/contracts/identity.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import type { Auth } from './auth.ts';
import type { CodeRefused } from './codes.ts';
import { headersFor } from './cookies.ts';
import type { PeopleService } from './people.ts';

export type StaffRole = Exclude<Role, 'shopper'>;
export type StaffLogin = { readonly role: StaffRole; readonly email: string; readonly password: string };

/** A working day: people behind the counter prove themselves again each morning. */
const STAFF_SESSION_HOURS = 12;

/**
 * Makes a member of staff with a random password, which exists nowhere but in the answer. The second factor is on from
 * the start: a password alone opens nothing.
 * @throws when the e-mail is taken.
 */
export async function createStaff(
  deps: { auth: Auth; db: Database },
  wanted: { role: StaffRole; email: string; displayName: string; isDemo?: boolean },
): Promise<StaffLogin> {
  const { role, displayName, isDemo = false } = wanted;
  const email = wanted.email.toLowerCase();
  const password = randomBytes(12).toString('base64url');
  const { user } = await deps.auth.api.createUser({ body: { email, password, name: displayName, role } });
  await deps.db.query(
    'update person set two_factor_enabled = true, email_verified = true, is_demo = $2 where id = $1',
    [user.id, isDemo],
  );
  // The library counts failed second factors on this row; the secret of an authenticator app is not used yet.
  await deps.db.query(
    `insert into two_factor (id, secret, backup_codes, person_id, verified) values ($1, $2, '[]', $1, false)`,
    [user.id, randomBytes(32).toString('base64url')],
  );
  return { role, email, password };
}

/** Whether a demo festival runs that nobody is behind the counter of. */
export async function needsDemoStaff(db: Database): Promise<boolean> {
  const [row] = await db.query<{ needs: boolean }>(
    `select exists (select 1 from festival where is_demo)
        and not exists (select 1 from person where role in ('operator', 'marketer', 'clerk')) as needs`,
  );
  return row?.needs === true;
}

/** The demo's people behind the counter; called once, when the shop has opened for the first time. */
export async function createDemoStaff(deps: { auth: Auth; db: Database }): Promise<StaffLogin[]> {
  const wanted: { role: StaffRole; email: string; displayName: string }[] = [
    { role: 'operator', email: 'operator@festa.example', displayName: '运营' },
    { role: 'marketer', email: 'marketer@festa.example', displayName: '市场' },
    { role: 'clerk', email: 'clerk-1@festa.example', displayName: '店员一' },
    { role: 'clerk', email: 'clerk-2@festa.example', displayName: '店员二' },
  ];
  const logins: StaffLogin[] = [];
  for (const one of wanted) logins.push(await createStaff(deps, { ...one, isDemo: true }));
  return logins;
}

/** First factor. The cookies carry a challenge, not a session. */
export async function checkPassword(
  { auth, db }: { auth: Auth; db: Database },
  given: { email: string; password: string },
): Promise<Result<{ challenge: Headers; setCookies: string[] }, { code: 'wrong_password' }>> {
  const signed = await auth.api
    .signInEmail({ body: given, headers: new Headers(), returnHeaders: true })
    .catch((error: unknown) => {
      if (error instanceof APIError && error.statusCode >= 400 && error.statusCode < 500) return null;
      throw error;
    });
  const setCookies = signed?.headers.getSetCookie() ?? [];
  const challenge = setCookies.find((cookie) => cookie.startsWith(`${auth.names.secondFactor}=`));
  // Somebody without a second factor is not staff: he is answered as if the password were wrong.
  if (!challenge) {
    const token = (signed?.response as { token?: string } | undefined)?.token;
    if (token) await db.query('delete from person_session where token = $1', [token]);
    return refuse({ code: 'wrong_password' });
  }
  const headers = new Headers({ cookie: challenge.split(';', 1)[0] ?? '' });
  return accept({ challenge: headers, setCookies: [challenge] });
}

const refusals: Record<string, CodeRefused> = {
  INVALID_CODE: { code: 'wrong_code' },
  OTP_HAS_EXPIRED: { code: 'code_expired' },
  INVALID_TWO_FACTOR_COOKIE: { code: 'code_expired' },
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: { code: 'too_many_tries' },
  ACCOUNT_TEMPORARILY_LOCKED: { code: 'too_many_tries' },
};

/** Second factor: opens the session. Only the challenge's cookie is looked at, whoever else this browser is. */
export async function checkSecondFactor(
  deps: { auth: Auth; db: Database; people: PeopleService },
  headers: IncomingHttpHeaders,
  code: string,
): Promise<Result<{ person: Person; setCookies: string[] }, CodeRefused>> {
  const { auth, db, people } = deps;
  try {
    const verified = await auth.api.verifyTwoFactorOTP({
      body: { code },
      headers: headersFor(headers, [auth.names.secondFactor]),
      returnHeaders: true,
    });
    const { token, user } = verified.response;
    await db.query(
      `update person_session set expires_at = now() + make_interval(hours => $2)
       where token = $1`,
      [token, STAFF_SESSION_HOURS],
    );
    people.forget(headers);
    const person = await people.personById(user.id);
    if (!person || person.role === 'shopper') throw new Error('A second factor opened a session for a shopper');
    return accept({ person, setCookies: verified.headers.getSetCookie() });
  } catch (error) {
    const refused = error instanceof APIError ? refusals[String(error.body?.code ?? '')] : undefined;
    if (refused) return refuse(refused);
    throw error;
  }
}
