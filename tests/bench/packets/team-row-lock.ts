import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { splitPot } from '../../../lib/domain/team/split.ts';
import { chinaDay, type TeamCampaign } from '../../../lib/domain/team/team.ts';
import { CODE, type Code, type Design } from '../orders/pipe.ts';

const POOL = 16;

/** Which command it is, what it is about says: codes are twelve characters, ids are longer. */
export const isCode = (about: string) => about.length === 12;

type Run = (name: string, text: string, values: readonly unknown[]) => Promise<pg.QueryResult>;
type Answer = { readonly code: Code; readonly reference: string };
const refused = (reference: string): Answer => ({ code: CODE.other, reference });
const ACCEPTED: Answer = { code: CODE.accepted, reference: '' };

const LOCK = (column: 'code' | 'id') => `
  select t.id, t.campaign_id, t.state, t.taken, t.size, t.seed, t.gather_until > now() as is_open,
         t.open_until > now() as has_time, f.stopped_at is not null as is_stopped,
         f.withdrawn_at is not null as is_withdrawn, f.valid_from <= now() as is_valid
  from team t join coupon_template f on f.id = t.campaign_id where t.${column} = $1 for update of t`;

/** A place is taken under the team's lock; whoever takes the last one writes all shares. */
async function join(run: Run, campaigns: Map<string, TeamCampaign>, shopperId: string, key: string, code: string) {
  const { rows } = await run('lock-code', LOCK('code'), [code]);
  const team = rows[0];
  if (!team) return refused('unknown_team');
  const known = await run('known', 'select team_id from team_member where shopper_id = $1 and key = $2', [
    shopperId,
    key,
  ]);
  if (known.rowCount !== 0) return { code: CODE.replay, reference: '' };
  const own = await run('own', 'select place from team_member where team_id = $1 and shopper_id = $2', [
    team.id,
    shopperId,
  ]);
  if (own.rowCount !== 0) return refused('own_team');
  if (team.is_withdrawn || !team.is_open) return refused('team_expired');
  if (team.taken >= team.size) return refused('team_full');
  const live = await run('live', 'select 1 from team_member where campaign_id = $1 and shopper_id = $2 and is_live', [
    team.campaign_id,
    shopperId,
  ]);
  if (live.rowCount !== 0) return refused('other_live_team');
  const day = chinaDay(Date.now());
  const joins = await run(
    'joins',
    'select count(*)::integer as n from team_member where campaign_id = $1 and shopper_id = $2 and day = $3',
    [team.campaign_id, shopperId, day],
  );
  let campaign = campaigns.get(team.campaign_id);
  if (!campaign) {
    const read = await run('campaign', 'select frozen from team_campaign where id = $1', [team.campaign_id]);
    campaign = JSON.parse(read.rows[0].frozen) as TeamCampaign;
    campaigns.set(team.campaign_id, campaign);
  }
  if (joins.rows[0].n >= campaign.joinsPerDay) return refused('joins_used_up');
  await run(
    'member',
    `insert into team_member (team_id, campaign_id, shopper_id, place, key, joined_at, day, day_number, is_live)
     values ($1, $2, $3, $4, $5, now(), $6, $7, true)`,
    [team.id, team.campaign_id, shopperId, team.taken + 1, key, day, joins.rows[0].n + 1],
  );
  if (team.taken + 1 < team.size) {
    await run('taken', 'update team set taken = taken + 1, version = version + 1 where id = $1', [team.id]);
  } else {
    const shares = splitPot(campaign, team.seed);
    await run(
      'shares',
      `update team_member m set share_fen = s.fen, share_state = 'closed', is_live = false
       from unnest($2::bigint[]) with ordinality as s (fen, place) where m.team_id = $1 and m.place = s.place`,
      [team.id, shares],
    );
    await run(
      'split',
      `update team set taken = taken + 1, version = version + 1, state = 'split', split_at = now(),
         open_until = now() + make_interval(hours => $2) where id = $1`,
      [team.id, campaign.openHours],
    );
    await run(
      'news',
      `insert into outbox (topic, aggregate, body)
       select 'team.split', $1, jsonb_build_object('place', place) from generate_series(1, $2::integer) place`,
      [team.id, team.taken],
    );
  }
  await run('told', `select pg_notify('team', $1)`, [team.id]);
  return ACCEPTED;
}

/** A share is opened under the team's lock: the coupon, the member's row and the team's. */
async function openShare(run: Run, shopperId: string, key: string, teamId: string): Promise<Answer> {
  const { rows } = await run('lock-id', LOCK('id'), [teamId]);
  const team = rows[0];
  if (!team) return refused('unknown_team');
  const read = await run(
    'share',
    'select place, share_fen, share_state from team_member where team_id = $1 and shopper_id = $2',
    [teamId, shopperId],
  );
  const member = read.rows[0];
  if (!member) return refused('not_in_team');
  if (member.share_state === 'opened') return { code: CODE.replay, reference: '' };
  if (team.is_withdrawn || team.state !== 'split' || !team.has_time) return refused('share_lapsed');
  const known = await run('used', 'select 1 from coupon where shopper_id = $1 and key = $2', [shopperId, key]);
  if (known.rowCount !== 0) return refused('key_reused');
  const couponId = `cpn_${randomUUID()}`;
  const numbers = await run(
    'number',
    'select count(*)::integer as n from coupon where template_id = $1 and shopper_id = $2',
    [team.campaign_id, shopperId],
  );
  await run(
    'coupon',
    `insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen,
       own_rule, own_worst_fen)
     values ($1, $2, $3, $4, $5, now(), now(), now() + interval '7 days', $6, $7, $6)`,
    [
      couponId,
      team.campaign_id,
      shopperId,
      key,
      numbers.rows[0].n + 1,
      member.share_fen,
      { kind: 'red_packet', cutFen: Number(member.share_fen) },
    ],
  );
  await run(
    'opened',
    `update team_member set share_state = 'opened', coupon_id = $3 where team_id = $1 and place = $2`,
    [teamId, member.place, couponId],
  );
  await run(
    'team',
    `update team set reserved_fen = reserved_fen - $2, version = version + 1,
       state = case when reserved_fen = $2 then 'over' else state end,
       ended_at = case when reserved_fen = $2 then now() end,
       ended_because = case when reserved_fen = $2 then 'opened' end where id = $1`,
    [teamId, member.share_fen],
  );
  await run('told', `select pg_notify('team', $1)`, [teamId]);
  return ACCEPTED;
}

/** The usual way: a transaction per command, the team's row locked for it; the same rows, statements prepared. */
export function openTeamRowLock(url: string): Design {
  const pool = new pg.Pool({ connectionString: url, max: POOL });
  // A connection that Postgres closes while the pool says goodbye is no fault of the measurement.
  pool.on('error', () => {});
  const campaigns = new Map<string, TeamCampaign>();
  return {
    async ask(shopperId, key, about) {
      const client = await pool.connect();
      const run: Run = (name, text, values) => client.query({ name, text, values: [...values] });
      try {
        await client.query('begin');
        const answer = isCode(about)
          ? await join(run, campaigns, shopperId, key, about)
          : await openShare(run, shopperId, key, about);
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
