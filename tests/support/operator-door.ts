import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import type { Tier } from '../../lib/contracts/catalog.ts';
import type { RequestNamed, ValueNamed, WireName } from '../../lib/contracts/named.ts';
import { openIdentity } from '../../server/identity/service.ts';
import { createStaff } from '../../server/identity/staff.ts';
import { sandboxMessages } from '../../server/outreach/message.sandbox.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { borrowDatabase } from '../../server/start/database.ts';

type Wire = APIRequestContext;
export type OperatorDoor = Awaited<ReturnType<typeof openOperatorDoor>>;

async function post<N extends WireName>(wire: Wire, name: N, request: RequestNamed<N>): Promise<ValueNamed<N>> {
  const response = await wire.post(`/api/${name}`, { data: request });
  const answer = (await response.json()) as { ok: boolean; value: ValueNamed<N> };
  if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
  return answer.value;
}

/** An operator made for the test in the running server's database, signed in with both factors through its doors. */
export async function openOperatorDoor(wire: Wire, home: string, publicUrl: string) {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 2 });
  const log = openLog('silent');
  const identity = openIdentity({
    db,
    log,
    messages: sandboxMessages(db, log),
    settings: { secret: randomUUID().repeat(2), publicUrl, allowLoadIdentity: false },
    onClaim: async () => {},
  });
  const { email, password } = await createStaff(identity, {
    role: 'operator',
    email: `operator-${randomUUID()}@shop.example`,
    displayName: 'Operator of the journeys',
  });
  await db.close();
  await database.stop();
  const { sandboxCode } = await post(wire, 'identity.staffSignIn', { email, password });
  await post(wire, 'identity.staffVerify', { code: sandboxCode ?? '' });
  return {
    /** Any command of operators. @throws when it is refused. */
    ask: <N extends WireName>(name: N, request: RequestNamed<N>) => post(wire, name, request),
    /** What operators see of the controls against fraud. */
    risk: async (): Promise<ValueNamed<'ops.risk'>> => (await (await wire.get('/api/ops.risk')).json()).value,
    /** Adds or takes units. */
    adjust: (skuId: string, delta: number) =>
      post(wire, 'ops.adjustStock', { key: randomUUID(), skuId, delta, reason: 'a journey' }),
    /** A session with one SKU, `inMs` from now. */
    openSession: async (
      skuId: string,
      priceFen: number,
      inMs: number,
      lastsMs: number,
      tiers: readonly Tier[] = [],
    ) => {
      const id = randomUUID();
      const startsAt = Date.now() + inMs;
      await post(wire, 'ops.saveSession', {
        id,
        name: { zh: '夜场快闪', en: 'Night flash' },
        startsAt,
        endsAt: startsAt + lastsMs,
        items: [{ skuId, priceFen, limitPerPerson: 1, tiers: [...tiers] }],
      });
      return { id, startsAt };
    },
  };
}
