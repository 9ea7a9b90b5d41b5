import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';

/** What becomes of an openid that a browser has proven. */
export type Attached =
  | { readonly kind: 'bound' }
  /** The openid's anonymous shopper and this one are one now. */
  | { readonly kind: 'merged' }
  /** The openid belongs to a verified shopper, and nobody is signed in here: he signs in by this phone. */
  | { readonly kind: 'signs_in'; readonly phone: string }
  /** Another WeChat is bound to this shopper. */
  | { readonly kind: 'other' }
  /** This WeChat is bound to another phone's account; two phones are two people. */
  | { readonly kind: 'elsewhere' };

/** Hands over what waits for a shopper to the one he turned out to be, in the transaction that makes them one. */
export type MergeShoppers = (tx: Queryable, fromId: string, toId: string) => Promise<void>;

export type Proven = { readonly appId: string; readonly openid: string; readonly personId: string };

type PersonRow = { id: string; role: string; phone: string | null; isVerified: boolean };

/** Locks people in the order of their ids, as every writer of these rows does. */
async function lockPeople(tx: Queryable, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  const rows = await tx.query<PersonRow>(
    `select id, role, phone_number as phone, coalesce(phone_number_verified, false) as "isVerified"
     from person where id = any ($1) order by id for update`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const ownerOf = (tx: Queryable, { appId, openid }: Proven) =>
  tx.query<{ personId: string }>(
    'select person_id as "personId" from wechat_openid where app_id = $1 and openid = $2 for update',
    [appId, openid],
  );

/** One look and its writing; null: somebody else was faster with this openid, and it has to be looked at again. */
async function attachOnce(tx: Queryable, proven: Proven, merge: MergeShoppers): Promise<Attached | null> {
  const { appId, openid, personId } = proven;
  const [owner] = await ownerOf(tx, proven);
  const ids = [personId, ...(owner ? [owner.personId] : [])].sort();
  const people = await lockPeople(tx, [...new Set(ids)]);
  const person = people.get(personId);
  if (!person || person.role !== 'shopper') throw new GoneError();
  if (owner?.personId === personId) return { kind: 'bound' };
  const before = owner && people.get(owner.personId);
  if (before?.isVerified && before.phone !== null) {
    return person.isVerified ? { kind: 'elsewhere' } : { kind: 'signs_in', phone: before.phone };
  }
  const [own] = await tx.query('select 1 from wechat_openid where app_id = $1 and person_id = $2', [appId, personId]);
  if (own) return { kind: 'other' };
  if (!before) {
    const made = await tx.query(
      `insert into wechat_openid (app_id, openid, person_id) values ($1, $2, $3) on conflict do nothing returning 1`,
      [appId, openid, personId],
    );
    return made.length > 0 ? { kind: 'bound' } : null;
  }
  await tx.query('update wechat_openid set person_id = $3, bound_at = now() where app_id = $1 and openid = $2', [
    appId,
    openid,
    personId,
  ]);
  await merge(tx, before.id, personId);
  await tx.query('delete from person where id = $1', [before.id]);
  return { kind: 'merged' };
}

/** The shopper who asked is not there any more. */
class GoneError extends Error {}

/** Several accounts at one openid lock each other out more than once: each of them is looked at again. */
export const BINDING_TRIES_MAX = 5;

/**
 * Binds an openid to the shopper whose browser has proven it. An openid of an anonymous shopper makes the two one: what
 * waits for him (cart, visits, links) follows to this one, in the same transaction, and he is deleted. Null: this shopper
 * is gone.
 */
export async function attachOpenid(db: Database, proven: Proven, merge: MergeShoppers): Promise<Attached | null> {
  try {
    for (let look = 0; look < BINDING_TRIES_MAX; look += 1) {
      const attached = await againIfRaced(
        () => db.transaction((tx) => attachOnce(tx, proven, merge)),
        BINDING_TRIES_MAX,
      );
      if (attached) return attached;
    }
  } catch (error) {
    if (error instanceof GoneError) return null;
    throw error;
  }
  throw new Error('an openid changed hands too often');
}

/**
 * An anonymous shopper turned out to be a person, by his phone: his openid is that person's, unless the person has one.
 * Part of the transaction that makes them one.
 */
export async function claimOpenid(tx: Queryable, anonymousId: string, personId: string): Promise<void> {
  await tx.query('select 1 from wechat_openid where person_id = any ($1) order by openid for update', [
    [anonymousId, personId],
  ]);
  await lockPeople(tx, [anonymousId, personId].sort());
  await tx.query(
    `update wechat_openid o set person_id = $2 where person_id = $1 and not exists (
       select 1 from wechat_openid p where p.app_id = o.app_id and p.person_id = $2)`,
    [anonymousId, personId],
  );
  // Deleted with its shopper anyhow; in this order nobody waits for him in a circle.
  await tx.query('delete from wechat_openid where person_id = $1', [anonymousId]);
}

export type Binding = { readonly openid: string; readonly offeredName: string | null };

/** The WeChat of one shopper; null: none. */
export async function bindingOf(db: Queryable, appId: string, personId: string): Promise<Binding | null> {
  const [row] = await db.query<Binding>(
    'select openid, offered_name as "offeredName" from wechat_openid where app_id = $1 and person_id = $2',
    [appId, personId],
  );
  return row ?? null;
}

/** Shopper and WeChat are no longer bound. */
export function unbind(db: Database, appId: string, personId: string): Promise<void> {
  return againIfRaced(
    () =>
      db.transaction(async (tx) => {
        await tx.query('select 1 from wechat_openid where app_id = $1 and person_id = $2 for update', [
          appId,
          personId,
        ]);
        await lockPeople(tx, [personId]);
        await tx.query('delete from wechat_openid where app_id = $1 and person_id = $2', [appId, personId]);
      }),
    BINDING_TRIES_MAX,
  );
}

/** Keeps what WeChat calls a shopper until he has said whether the shop may. */
export async function offerName(db: Queryable, appId: string, openid: string, name: string): Promise<void> {
  await db.query('update wechat_openid set offered_name = $3 where app_id = $1 and openid = $2', [appId, openid, name]);
}

/** Forgets what was offered; answers it. */
export async function takeName(db: Queryable, appId: string, personId: string): Promise<string | null> {
  const [taken] = await db.query<{ name: string | null }>(
    `update wechat_openid n set offered_name = null from wechat_openid o
     where n.app_id = $1 and n.person_id = $2 and o.app_id = n.app_id and o.openid = n.openid
     returning o.offered_name as name`,
    [appId, personId],
  );
  return taken?.name ?? null;
}
