import { createHash, randomUUID } from 'node:crypto';
import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { pushAgree, pushHome } from '../../lib/contracts/push.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { PushKeys } from './push-keys.ts';
import { areUsable } from './push-seal.ts';
import { isPushService } from './push-services.ts';

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest('hex');

/** The same device again says what it may be told now, and whose it is. */
const AGREE = `
  insert into push_device (id, person_id, endpoint, endpoint_hash, p256dh, auth, key_id, purposes)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (endpoint_hash) do update set person_id = excluded.person_id, p256dh = excluded.p256dh,
    auth = excluded.auth, key_id = excluded.key_id, purposes = excluded.purposes,
    agreed_at = case when push_device.person_id = excluded.person_id and push_device.purposes @> excluded.purposes
                     then push_device.agreed_at else excluded.agreed_at end`;

/** What was waiting for whoever had the device before is not his who has it now. */
const FORGET_OTHERS = `
  delete from push_device where endpoint_hash = any ($2::text[]) and person_id <> $1`;

const TOO_MANY = `
  delete from push_device where id in (
    select id from push_device where person_id = $1 order by agreed_at desc, id offset $2)`;

export type PushDevices = ReturnType<typeof pushDevices>;

/** Devices whose owners have agreed to notices. `services`: origins besides the known ones. */
export function pushDevices({ db, keys, services }: { db: Database; keys: PushKeys; services: readonly string[] }) {
  return {
    async home(personId: string): Promise<AnswerOf<typeof pushHome>> {
      const devices = await db.query<{ mark: string; purposes: ('orders' | 'rewards')[]; agreedAt: number }>(
        `select left(endpoint_hash, 16) as mark, purposes, (extract(epoch from agreed_at) * 1000)::bigint as "agreedAt"
         from push_device where person_id = $1 and key_id = $2 order by agreed_at`,
        [personId, keys.keyId],
      );
      return accept({ publicKey: keys.publicKey, devices });
    },

    async agree(personId: string, request: RequestOf<typeof pushAgree>): Promise<AnswerOf<typeof pushAgree>> {
      const { endpoint, purposes, replaces } = request;
      if (!isPushService(endpoint, services)) return refuse({ code: 'push_service_unknown' });
      const [p256dh, auth] = [Buffer.from(request.p256dh, 'base64url'), Buffer.from(request.auth, 'base64url')];
      if (!areUsable({ p256dh, auth })) return refuse({ code: 'push_unusable' });
      const hash = hashOf(endpoint);
      await againIfRaced(() =>
        db.transaction(async (tx) => {
          await tx.query(FORGET_OTHERS, [personId, [hash]]);
          if (replaces !== undefined && replaces !== endpoint) {
            await tx.query('delete from push_device where endpoint_hash = $1', [hashOf(replaces)]);
          }
          const kept = [...new Set(purposes)];
          await tx.query(AGREE, [randomUUID(), personId, endpoint, hash, p256dh, auth, keys.keyId, kept]);
          await tx.query(TOO_MANY, [personId, LIMITS.push.devicesMax]);
        }),
      );
      return accept({});
    },

    async stop(endpoint: string): Promise<void> {
      await db.query('delete from push_device where endpoint_hash = $1', [hashOf(endpoint)]);
    },

    async stopAll(personId: string): Promise<void> {
      await db.query('delete from push_device where person_id = $1', [personId]);
    },
  };
}

/** Devices of somebody who turned out to be somebody else. */
export async function claimDevices(tx: Queryable, fromId: string, toId: string): Promise<void> {
  await tx.query('update push_device set person_id = $2 where person_id = $1', [fromId, toId]);
}
