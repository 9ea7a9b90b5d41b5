import type { IncomingHttpHeaders } from 'node:http';
import type { Locale } from '../../lib/contracts/contract.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import type { Queryable } from '../platform/database.ts';
import type { Auth } from './auth.ts';
import { headersFor } from './cookies.ts';
import type { PeopleService } from './people.ts';

const UNIQUE_VIOLATION = '23505';

function isPhoneTaken(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: string }).code === UNIQUE_VIOLATION) return true;
  }
  return false;
}

/** Whether the account of this phone is blocked: a session of its owner would be nobody's. */
export async function isBlocked(db: Queryable, phone: string): Promise<boolean> {
  const [row] = await db.query('select 1 from person where phone_number = $1 and banned', [phone]);
  return row !== undefined;
}

/**
 * Signs in the owner of a phone whose code was just taken; the first time it makes the account. The anonymous shopper
 * of this browser, if any, becomes this person (his cart moves) and is deleted.
 *
 * Two browsers may prove one new phone at the same moment: the index on the phone lets one account through and the
 * other attempt finds it.
 */
export async function signInPhone(
  deps: { auth: Auth; db: Queryable; people: PeopleService },
  given: { phone: string; headers: IncomingHttpHeaders; locale: Locale; isDemo: boolean },
): Promise<{ person: Person; setCookies: string[] }> {
  const { auth, db, people } = deps;
  const { phone, headers, locale, isDemo } = given;
  const [known] = await db.query<{ id: string }>('select id from person where phone_number = $1', [phone]);

  async function verify() {
    return auth.api.verifyPhoneNumber({
      body: { phoneNumber: phone, code: auth.grants.give(phone) },
      headers: headersFor(headers),
      returnHeaders: true,
    });
  }
  const signedIn = await verify().catch((error: unknown) => {
    if (isPhoneTaken(error)) return verify();
    throw error;
  });
  const { user } = signedIn.response;
  if (!known) {
    await db.query('update person set locale = $2, is_demo = $3 where id = $1', [user.id, locale, isDemo]);
  }
  people.forget(headers);
  const person = await people.personById(user.id);
  if (!person) throw new Error('The person who just signed in is not there');
  return { person, setCookies: signedIn.headers.getSetCookie() };
}
