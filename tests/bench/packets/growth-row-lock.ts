import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { PacketCampaign } from '../../../lib/domain/packet/packet.ts';
import { makeShareCode } from '../../../server/platform/share-code.ts';
import { CODE, type Code, type Design } from '../orders/pipe.ts';

const POOL = 16;

/** Which command it is, what it is about says: codes are twelve characters, ids of campaigns are longer. */
export const isCode = (about: string) => about.length === 12;

type Run = (name: string, text: string, values: readonly unknown[]) => Promise<pg.QueryResult>;
type Answer = { readonly code: Code; readonly reference: string };
const refused = (reference: string): Answer => ({ code: CODE.other, reference });
const ACCEPTED: Answer = { code: CODE.accepted, reference: '' };

/** A packet is issued under the lock of its campaign's account. */
async function issue(run: Run, campaigns: Map<string, PacketCampaign>, shopperId: string, key: string, id: string) {
  const { rows } = await run(
    'account',
    `select a.left_fen, t.stopped_at is not null as is_stopped, t.claim_until <= now() as is_over,
       t.valid_from <= now() as is_valid
     from coupon_account a join coupon_template t on t.id = a.template_id where a.template_id = $1 for update of a`,
    [id],
  );
  const [account] = rows;
  if (!account || !account.is_valid || account.is_stopped || account.is_over) return refused('closed');
  const known = await run('known', 'select id from coupon where shopper_id = $1 and key = $2', [shopperId, key]);
  if (known.rowCount !== 0) return { code: CODE.replay, reference: '' };
  const own = await run('own', 'select code from packet where owner_id = $1 and campaign_id = $2', [shopperId, id]);
  if (own.rowCount !== 0) return refused('has_packet');
  let campaign = campaigns.get(id);
  if (!campaign) {
    const read = await run('campaign', 'select frozen from packet_campaign where id = $1', [id]);
    campaign = JSON.parse(read.rows[0].frozen) as PacketCampaign;
    campaigns.set(id, campaign);
  }
  const terms = campaign.terms[0];
  if (!terms || Number(account.left_fen) < terms.capFen) return refused('packet_budget_gone');
  const [packetId, code] = [`cpn_${randomUUID()}`, makeShareCode()];
  const { baseFen, stepFen, capFen } = terms;
  await run(
    'coupon',
    `insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen,
       own_rule, own_worst_fen, growth)
     values ($1, $2, $3, $4, 1, now(), now(), now() + make_interval(hours => $5), $6, $7, $6, $8)`,
    [
      ...[packetId, id, shopperId, key, campaign.lifeHours, capFen],
      ...[
        { kind: 'red_packet', cutFen: baseFen },
        { packetCode: code, baseFen, stepFen, capFen },
      ],
    ],
  );
  await run(
    'packet',
    `insert into packet (id, code, campaign_id, owner_id, generation, depth, version) values ($1, $2, $3, $4, 1, 0, 1)`,
    [packetId, code, id, shopperId],
  );
  await run(
    'entry',
    `insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
     values ($1, 'left', 'reserved', $2, 'packet_issue', 1)`,
    [id, capFen],
  );
  await run(
    'taken',
    'update coupon_account set left_fen = left_fen - $2, reserved_fen = reserved_fen + $2 where template_id = $1',
    [id, capFen],
  );
  return ACCEPTED;
}

/** A verified visitor's step vests under the lock of the packet. */
async function visit(run: Run, shopperId: string, key: string, code: string): Promise<Answer> {
  const { rows } = await run(
    'lock',
    `select c.id, c.state, c.valid_until > now() as has_time, (c.own_rule ->> 'cutFen')::bigint as value,
       (c.growth ->> 'stepFen')::bigint as step, c.own_worst_fen as cap, m.campaign_id, m.owner_id, m.visits
     from packet m join coupon c on c.id = m.id where m.code = $1 for update of c`,
    [code],
  );
  const [packet] = rows;
  if (!packet) return refused('unknown_packet');
  const known = await run('visited', 'select packet_id from packet_step where visitor_id = $1 and key = $2', [
    shopperId,
    key,
  ]);
  if (known.rowCount !== 0) return { code: CODE.replay, reference: '' };
  if (packet.owner_id === shopperId) return refused('own_packet');
  const earlier = await run('earlier', 'select 1 from packet_step where packet_id = $1 and visitor_id = $2', [
    packet.id,
    shopperId,
  ]);
  if (earlier.rowCount !== 0) return refused('already_visited');
  if (packet.state !== 'usable' || !packet.has_time) return refused('packet_ended');
  const fen = Math.min(Number(packet.step), Number(packet.cap) - Number(packet.value));
  if (fen <= 0) return refused('packet_full');
  const helped = await run(
    'helped',
    `select 1 from packet_step where visitor_id = $1 and campaign_id = $2 and state = 'vested'`,
    [shopperId, packet.campaign_id],
  );
  if (helped.rowCount !== 0) return refused('helped_other');
  const standing = await run(
    'standing',
    'select id from person where id in ($1, $2) and banned is not true and phone_number_verified',
    [shopperId, packet.owner_id],
  );
  if (standing.rowCount !== 2) return refused('blocked');
  const place = packet.visits + 1;
  await run(
    'step',
    `insert into packet_step (packet_id, place, campaign_id, visitor_id, key, state, is_ripe, fen, visited_at, vested_at)
     values ($1, $2, $3, $4, $5, 'vested', true, $6, now(), now())`,
    [packet.id, place, packet.campaign_id, shopperId, key, fen],
  );
  await run(
    'grown',
    `update coupon set own_rule = jsonb_set(own_rule, '{cutFen}', to_jsonb($2::bigint)) where id = $1`,
    [packet.id, Number(packet.value) + fen],
  );
  await run(
    'counted',
    'update packet set visits = visits + 1, vested = vested + 1, version = version + 1 where id = $1',
    [packet.id],
  );
  await run('told', `select pg_notify('packet', $1)`, [code]);
  return ACCEPTED;
}

/** The usual way: a transaction per command, the contested row locked for it; the same rows, statements prepared. */
export function openGrowthRowLock(url: string): Design {
  const pool = new pg.Pool({ connectionString: url, max: POOL });
  // A connection that Postgres closes while the pool says goodbye is no fault of the measurement.
  pool.on('error', () => {});
  const campaigns = new Map<string, PacketCampaign>();
  return {
    async ask(shopperId, key, about) {
      const client = await pool.connect();
      const run: Run = (name, text, values) => client.query({ name, text, values: [...values] });
      try {
        await client.query('begin');
        const answer = isCode(about)
          ? await visit(run, shopperId, key, about)
          : await issue(run, campaigns, shopperId, key, about);
        await client.query(answer.code === CODE.accepted ? 'commit' : 'rollback');
        return answer;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    stats: () => ({ batches: 0, commands: 0 }),
    close: () => pool.end(),
  };
}
