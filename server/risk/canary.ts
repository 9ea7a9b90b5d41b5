import { randomUUID, webcrypto } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { signedText } from './devices.ts';
import { closeGate, reportControl } from './gate.ts';
import type { RewardAsk } from './port.ts';
import type { Risk } from './service.ts';

/*
 * Frauds that we plant ourselves: they ask for rewards by the same way as everybody's commands, in a campaign that there
 * is not, as people who cannot sign in, so that nothing they might win can ever be used. One that gets through closes the
 * gate; so does a worker that plants none (`IS_GATE_CLOSED`).
 */

/** What a fraud is after, and whether it got it. */
type Fraud = { readonly name: string; readonly gotThrough: boolean };
type Verdict = Awaited<ReturnType<Risk['decide']>>;
type Planting = { readonly db: Database; readonly risk: Risk; readonly campaignId: string };

const PEOPLE = Math.max(LIMITS.risk.rewards.perDevice, LIMITS.risk.rewards.perPayout, 6) + 1;
const RING = 6;
/** Far more often than a control may be silent (`SILENT_MS`): one run that fails closes nothing. */
const PLANT_EVERY_MS = 4 * MINUTE_MS;
const idsOf = (fraud: string) => Array.from({ length: PEOPLE }, (_, at) => `canary-${fraud}-${at + 1}`);
const FRAUDS = ['device', 'payer', 'ring', 'work'] as const;

/** Given freely: neither refused nor held nor given less. */
const isFree = (verdict: Verdict) => verdict.kind === 'go' && verdict.hold === null && !verdict.isLimited;

/** Accounts of long ago with a verified phone that is nobody's, and no way to sign in. */
async function makePeople(db: Database): Promise<void> {
  await db.query(
    `insert into person (id, display_name, email, phone_number_verified, is_demo, created_at)
     select id, '', id || '@canary.invalid', true, true, now() - interval '30 days' from unnest($1::text[]) k (id)
     on conflict do nothing`,
    [FRAUDS.flatMap(idsOf)],
  );
}

const asking = (campaignId: string, shopperId: string, command: 'team.open' | 'team.join'): RewardAsk => ({
  ...{ mechanic: 'team', command, campaignId, shopperId, key: randomUUID(), caller: null },
});

async function workFor({ risk }: Planting, command: 'team.join'): Promise<string> {
  const challenge = await risk.work.challenge(command, 0);
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** More people than may by one device's key, each with a good signature and work of his own. */
async function oneDevice(planting: Planting): Promise<Verdict | null> {
  const { risk, campaignId } = planting;
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const id = await risk.devices.register(raw.toString('base64url'));
  if (id === null) return null;
  let last: Verdict | null = null;
  for (const shopperId of idsOf('device').slice(0, LIMITS.risk.rewards.perDevice + 1)) {
    const ask = asking(campaignId, shopperId, 'team.join');
    const at = Date.now();
    const text = new TextEncoder().encode(signedText(ask.command, ask.key, at));
    const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
    const device = { id, at, signature: Buffer.from(signature).toString('base64url') };
    last = await risk.decide({ ...ask, device, work: await workFor(planting, 'team.join') });
  }
  await planting.db.query('delete from risk_device where id = $1', [risk.hashes.device(id)]);
  return last;
}

/** More people than may who pay by one account. */
async function onePayer({ db, risk, campaignId }: Planting): Promise<Verdict | null> {
  const people = idsOf('payer').slice(0, LIMITS.risk.rewards.perPayout + 1);
  await db.query('insert into risk_payer (payer, shopper_id) select $1, id from unnest($2::text[]) k (id)', [
    risk.hashes.payer('canary', campaignId),
    people,
  ]);
  let last: Verdict | null = null;
  for (const shopperId of people) last = await risk.decide(asking(campaignId, shopperId, 'team.open'));
  return last;
}

/** A few who invite each other and nobody else; the last comes the moment he is asked. */
async function ring(planting: Planting): Promise<Verdict | null> {
  const { risk, campaignId } = planting;
  const people = idsOf('ring').slice(0, RING);
  let last: Verdict | null = null;
  for (const invitedBy of people) {
    for (const shopperId of people) {
      if (shopperId <= invitedBy) continue;
      const ask = { ...asking(campaignId, shopperId, 'team.join'), invitedBy, sharedAt: Date.now() };
      last = await risk.decide({ ...ask, work: await workFor(planting, 'team.join') });
    }
  }
  return last;
}

/** The same work a second time. */
async function oldWork(planting: Planting): Promise<Verdict | null> {
  const { risk, campaignId } = planting;
  const [first = '', second = ''] = idsOf('work');
  const work = await workFor(planting, 'team.join');
  await risk.decide({ ...asking(campaignId, first, 'team.join'), work });
  return risk.decide({ ...asking(campaignId, second, 'team.join'), work });
}

/** Nothing that was planted stays in the books, in the operators' queue or in anybody's circle. */
async function clear({ db, campaignId }: Planting): Promise<void> {
  await db.query('delete from risk_decision where campaign_id = $1', [campaignId]);
  await db.query('delete from risk_use where campaign_id = $1', [campaignId]);
  const people = FRAUDS.flatMap(idsOf);
  await db.query('delete from risk_payer where shopper_id = any ($1::text[])', [people]);
  await db.query('delete from risk_tie where a = any ($1::text[]) and b = any ($1::text[])', [people]);
}

/** What an operator has turned off on purpose is no dead control. */
async function plantable(db: Database): Promise<readonly (typeof FRAUDS)[number][]> {
  const [row] = await db.query<{ isObserved: boolean; isRingShadow: boolean }>(
    `select exists (select 1 from risk_mode where mechanic = 'team' and mode = 'observe') as "isObserved",
       exists (select 1 from risk_rule where code = 'circle_dense' and is_shadow) as "isRingShadow"`,
  );
  if (row?.isObserved) return ['payer', 'work'];
  return row?.isRingShadow ? ['device', 'payer', 'work'] : FRAUDS;
}

/** Plants every fraud once. @throws when the controls cannot be asked; then nothing is reported, and time closes the gate */
export async function plantFrauds({ db, risk }: { db: Database; risk: Risk }): Promise<readonly Fraud[]> {
  const plant = { device: oneDevice, payer: onePayer, ring, work: oldWork };
  await makePeople(db);
  const planting = { db, risk, campaignId: `canary-${randomUUID()}` };
  await clear(planting);
  const frauds: Fraud[] = [];
  try {
    for (const name of await plantable(db)) {
      const verdict = await plant[name](planting);
      if (verdict === null || verdict.kind === 'later') throw new Error(`The fraud "${name}" could not be planted`);
      frauds.push({ name, gotThrough: isFree(verdict) });
    }
  } finally {
    await clear(planting);
  }
  return frauds;
}

type CanaryDeps = {
  readonly db: Database;
  readonly risk: Risk;
  readonly log: Log;
  /** Called for each fraud that got through. */
  readonly onPass: () => void;
};

/** Plants the frauds, reports that they were planted, and closes the gate for one that got through. */
export async function watchControls({ db, risk, log, onPass }: CanaryDeps): Promise<void> {
  const frauds = await plantFrauds({ db, risk });
  const passed = frauds.filter(({ gotThrough }) => gotThrough).map(({ name }) => name);
  const detail =
    passed.length === 0 ? `${frauds.length} of ${frauds.length} stopped` : `got through: ${passed.join(', ')}`;
  for (const name of passed) {
    onPass();
    log.error({ fraud: name }, 'a planted fraud got through');
  }
  if (passed.length > 0) await closeGate(db, 'canary', passed.join(', '));
  await reportControl(db, 'canary', detail);
}

export const startCanary = (deps: CanaryDeps): Loop =>
  startLoop('risk-canary', PLANT_EVERY_MS, () => watchControls(deps), deps.log);
