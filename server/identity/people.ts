import type { IncomingHttpHeaders } from 'node:http';
import type { Locale } from '../../lib/contracts/contract.ts';
import type { Person, Role } from '../../lib/contracts/identity.ts';
import { SECOND_MS } from '../../lib/domain/time.ts';
import { maskRecipient } from '../outreach/message-port.ts';
import type { Queryable } from '../platform/database.ts';
import type { Auth } from './auth.ts';
import { cookieOf, headersFor } from './cookies.ts';

type PersonRow = {
  id: string;
  role: Role;
  displayName: string;
  phone: string | null;
  isVerified: boolean;
  locale: Locale;
  isDemo: boolean;
};

const PERSON_COLUMNS = `p.id, p.role, trim(p.display_name) as "displayName", p.phone_number as phone,
  coalesce(p.phone_number_verified, false) as "isVerified", p.locale, p.is_demo as "isDemo"`;

function personOfRow({ phone, ...row }: PersonRow): Person {
  return { ...row, phoneMasked: phone ? maskRecipient(phone) : null };
}

/** How long an answer of `personOf` may be reused by this process; also how long a ban takes to reach every edge. */
const REMEMBER_MS = 3 * SECOND_MS;
const REMEMBERED_MAX = 20_000;

/**
 * Who a browser is. Asked on every personal request and socket handshake, so it is one indexed query, remembered for
 * three seconds: the taps that buy one thing come close together.
 */
export function openPeople(db: Queryable, auth: Auth) {
  const remembered = new Map<string, { person: Person; until: number }>();

  /** The token is 190 random bits and is looked up as it is; its signature in the cookie adds nothing here. */
  function tokenOf(headers: IncomingHttpHeaders): string | null {
    return cookieOf(headers, auth.names.session)?.split('.', 1)[0] || null;
  }

  return {
    /** What names this browser's session; null: it has none. */
    sessionOf: tokenOf,

    async personOf(headers: IncomingHttpHeaders): Promise<Person | null> {
      const token = tokenOf(headers);
      if (!token) return null;
      const known = remembered.get(token);
      if (known && known.until > performance.now()) return known.person;
      const [row] = await db.query<PersonRow>(
        `select ${PERSON_COLUMNS}
         from person_session s join person p on p.id = s.person_id
         where s.token = $1 and s.expires_at > now() and p.banned is not true`,
        [token],
      );
      if (!row) {
        remembered.delete(token);
        return null;
      }
      const person = personOfRow(row);
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(token, { person, until: performance.now() + REMEMBER_MS });
      return person;
    },

    /** Makes an anonymous shopper; the cookies open his session on this browser. */
    async makeShopper(headers: IncomingHttpHeaders): Promise<{ person: Person; setCookies: readonly string[] }> {
      const made = await auth.api.signInAnonymous({ headers: headersFor(headers, []), returnHeaders: true });
      const id = made.response?.user.id;
      if (!id) throw new Error('The identity library made no anonymous shopper');
      const person = await this.personById(id);
      if (!person) throw new Error('The anonymous shopper is not there');
      return { person, setCookies: made.headers.getSetCookie() };
    },

    async personById(id: string): Promise<Person | null> {
      const [row] = await db.query<PersonRow>(`select ${PERSON_COLUMNS} from person p where p.id = $1`, [id]);
      return row ? personOfRow(row) : null;
    },

    /** The next `personOf` of this browser asks the database again. */
    forget(headers: IncomingHttpHeaders): void {
      const token = tokenOf(headers);
      if (token) remembered.delete(token);
    },

    /** Everybody is asked for again: after a ban, or a change of roles, on this edge at once. */
    forgetAll(): void {
      remembered.clear();
    },
  };
}

export type PeopleService = ReturnType<typeof openPeople>;
