import type { IncomingHttpHeaders } from 'node:http';
import { codeMessage, type MessagePort } from '../outreach/message-port.ts';
import type { Database } from '../platform/database.ts';
import type { People } from '../platform/door.ts';
import type { Log } from '../platform/log.ts';
import { openAuth } from './auth.ts';
import { isLoadIdentity } from './load-identity.ts';
import { openPeople } from './people.ts';
import { openRateLimits } from './rate-limits.ts';

type IdentitySettings = {
  readonly secret: string;
  readonly publicUrl: string;
  readonly allowLoadIdentity: boolean;
};

export type IdentityDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly settings: IdentitySettings;
  readonly messages: MessagePort;
  /** Called when an anonymous shopper turns out to be a person: what he had in his cart is now that person's. */
  readonly onClaim: (anonymousId: string, personId: string) => Promise<void>;
  /** Called when a browser has proven a phone: other rooms learn whose it is. What it throws stops nobody. */
  readonly onSignIn?: (personId: string, headers: IncomingHttpHeaders) => Promise<void>;
};

/** The identity room, wired. `door` is what the door asks on every personal request. */
export function openIdentity(deps: IdentityDeps) {
  const { db, log, settings, messages, onClaim } = deps;
  /** The code that was last sent to each member of staff, for the page of a sandbox to show; taken once. */
  const sandboxCodes = new Map<string, string>();
  const auth = openAuth({
    db,
    log,
    secret: settings.secret,
    publicUrl: settings.publicUrl,
    onClaim,
    async sendSecondFactor({ email }, code) {
      if (messages.isSandbox) sandboxCodes.set(email, code);
      await messages.send(codeMessage({ channel: 'email', to: email }, code, 'zh-CN'));
    },
  });
  const people = openPeople(db, auth);
  const door: People = {
    personOf: (headers) => people.personOf(headers),
    makeShopper: (headers) => people.makeShopper(headers),
    isLoadIdentity: (headers) => isLoadIdentity(headers, settings),
  };
  return {
    auth,
    people,
    door,
    db,
    messages,
    settings,
    limits: openRateLimits(db),
    /** Tells the other rooms who signed in; a room that fails keeps nobody out. */
    async tellSignIn(personId: string, headers: IncomingHttpHeaders): Promise<void> {
      await deps.onSignIn?.(personId, headers).catch((error: unknown) => {
        log.error({ err: error }, 'a room did not learn who signed in');
      });
    },
    /** The second factor's code in a sandbox, once; null where a provider sends it. */
    takeSandboxCode(email: string): string | null {
      const code = sandboxCodes.get(email) ?? null;
      sandboxCodes.delete(email);
      return code;
    },
  };
}

export type Identity = ReturnType<typeof openIdentity>;

/**
 * Rows that nobody can use any more; the worker calls it now and then. An anonymous shopper lives as long as his
 * session. Answers the ids of those who are gone now.
 */
export async function tidyIdentity(db: Database): Promise<string[]> {
  await db.query(`delete from one_time_code where expires_at < now() - interval '1 day'`);
  await db.query('delete from person_verification where expires_at < now()');
  await db.query('delete from person_session where expires_at < now()');
  await db.query('delete from rate_limit where expire < extract(epoch from now()) * 1000');
  const gone = await db.query<{ id: string }>(
    `delete from person p where p.is_anonymous and p.created_at < now() - interval '1 day'
       and not exists (select 1 from person_session s where s.person_id = p.id)
     returning p.id`,
  );
  return gone.map(({ id }) => id);
}
