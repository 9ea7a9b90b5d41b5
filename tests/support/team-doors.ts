import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { TeamSettings } from '../../lib/domain/team/team.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { borrowDatabase } from '../../server/start/database.ts';
import { command } from './phone.ts';
import { putTeamCampaign, runOutOfShares, runOutOfTime } from './teams.ts';

/** Does something in the running server's own database. */
export async function inDatabase<A>(home: string, work: (db: Database) => Promise<A>): Promise<A> {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.close();
    await database.stop();
  }
}

/** ¥20 for four within a day (tests/support/teams.ts), published; answers its id. */
export function publishTeams(home: string, name: string, more: Partial<TeamSettings> = {}): Promise<string> {
  return inDatabase(home, (db) => putTeamCampaign(db, { name: { zh: name, en: `${name} en` }, ...more }));
}

/** Lets the time of a team run out now, to gather or to open what is left of it; the server's own worker does the rest. */
export function runOutTeamTime(home: string, code: string): Promise<void> {
  return inDatabase(home, async (db) => {
    const [team] = await db.query<{ id: string; state: string }>('select id, state from team where code = $1', [code]);
    if (!team) throw new Error(`There is no team ${code}`);
    await (team.state === 'gathering' ? runOutOfTime : runOutOfShares)(db, team.id);
  });
}

/** The shop takes a campaign back, with its teams that gather. */
export function takeTeamsBack(home: string, campaignId: string): Promise<unknown> {
  return inDatabase(home, (db) =>
    db.query(
      `update coupon_template set stopped_at = now(), stopped_by = 'a journey', withdrawn_at = now() where id = $1`,
      [campaignId],
    ),
  );
}

/** The shop lets nobody have anything more of a campaign; what people have goes on. */
export function stopCampaign(home: string, campaignId: string): Promise<unknown> {
  return inDatabase(home, (db) =>
    db.query(`update coupon_template set stopped_at = now(), stopped_by = 'a journey' where id = $1`, [campaignId]),
  );
}

/** What an operator does who refuses a group for its payer: whoever pays by the same account has nothing of the campaign. */
export async function blockIn(home: string, campaignId: string, shopper: APIRequestContext): Promise<void> {
  const answer = await (await shopper.get('/api/identity.me')).json();
  const { person } = (answer as { value: ValueNamed<'identity.me'> }).value;
  const payer = `payer of ${person?.id}`;
  await inDatabase(home, async (db) => {
    await db.query('insert into risk_payer (payer, shopper_id) values ($1, $2) on conflict do nothing', [
      payer,
      person?.id,
    ]);
    await db.query(`insert into risk_mark (campaign_id, kind, subject, by) values ($1, 'payout', $2, 'a journey')`, [
      campaignId,
      payer,
    ]);
  });
}

/** What the worker does when ¥26,000 of a campaign have left within ten minutes and ¥25,000 may. */
export function pauseCampaign(home: string, campaignId: string): Promise<unknown> {
  return inDatabase(home, (db) =>
    db.query(
      `with paused as (update coupon_template set paused_at = now() where id = $1 returning id)
       insert into coupon_pause (template_id, gone_fen, limit_fen, window_ms)
       select id, 2600000, 2500000, 600000 from paused`,
      [campaignId],
    ),
  );
}

/** Opens a team as whoever is signed in; answers its code. */
export async function openTeam(leader: APIRequestContext, campaignId: string): Promise<string> {
  const request = { key: randomUUID(), campaignId };
  return (await command<ValueNamed<'team.open'>>(leader, 'team.open', request)).room.code;
}

export function joinTeam(member: APIRequestContext, code: string): Promise<ValueNamed<'team.join'>> {
  return command(member, 'team.join', { key: randomUUID(), code });
}

/** Opens one's own share; answers it in fen. */
export async function openShare(member: APIRequestContext, code: string): Promise<number> {
  const answer = await (await member.get(`/api/team.room?code=${code}`)).json();
  const { own } = (answer as { value: ValueNamed<'team.room'> }).value;
  const request = { key: randomUUID(), teamId: own?.teamId ?? '' };
  const { room } = await command<ValueNamed<'team.openShare'>>(member, 'team.openShare', request);
  return room.places.find(({ place }) => place === own?.place)?.share?.fen ?? 0;
}
