import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { couponClaim, couponMine } from '../../lib/contracts/coupon.ts';
import { packetAccept, packetIssue, packetPage, packetVisit } from '../../lib/contracts/packet.ts';
import { riskMine, riskRegisterDevice, riskSendCode, riskVerifyCode, riskWork } from '../../lib/contracts/risk.ts';
import { teamJoin, teamOpen, teamOpenShare, teamRoomRead } from '../../lib/contracts/team.ts';
import { packetService } from '../../server/packet/service.ts';
import { closeGate } from '../../server/risk/gate.ts';
import { reviewHolds } from '../../server/risk/holds.ts';
import { endTeams } from '../../server/team/end-teams.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { putCoupon } from '../support/coupons.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { violations } from '../support/invariants.ts';
import { putPacketCampaign, sweepPackets } from '../support/packets.ts';
import { doWork, makeDevice, riskOf, sharePayer, sweepRisk } from '../support/risk.ts';
import { putTeamCampaign, runOutOfTime } from '../support/teams.ts';

let edge: Edge;
let phones = 0;

beforeAll(async () => {
  edge = await openEdge();
});
afterAll(async () => {
  expect(await violations(edge.db)).toEqual([]);
  await edge.close();
});

const shopper = async () => {
  phones += 1;
  const { browser } = await shopperAt(edge, `138000${10_000 + phones}`);
  const [row] = await edge.db.query<{ id: string }>('select id from person where phone_number = $1', [
    `138000${10_000 + phones}`,
  ]);
  return { browser, id: row?.id ?? '' };
};
/** Six others pay by his account: with the account's age he is held (new) or challenged (of yesterday). */
async function suspect(given: { id: string }, isNew: boolean) {
  await sharePayer(edge.db, `payer ${given.id}`, [
    given.id,
    ...Array.from({ length: 6 }, (_, i) => `${given.id}-${i}`),
  ]);
  if (!isNew) await edge.db.query(`update person set created_at = now() - interval '1 day' where id = $1`, [given.id]);
}
const packetOf = () => putCoupon(edge.db, { rule: { kind: 'red_packet', cutFen: 700 } });
const claim = (browser: Browser, templateId: string, more: object = {}) =>
  browser.call(couponClaim, { key: randomUUID(), templateId, ...more });

test('[T-09] an ordinary shopper claims, opens a team and fills it from an old page, and nothing is asked of him', async () => {
  const four = [await shopper(), await shopper(), await shopper(), await shopper()];
  const [leader, ...friends] = four;
  expect(outcomeOf(await claim((leader as { browser: Browser }).browser, await packetOf()))).toBe('ok');
  const campaignId = await putTeamCampaign(edge.db);
  const opened = accepted(await leader!.browser.call(teamOpen, { key: randomUUID(), campaignId }));
  for (const { browser } of friends) {
    expect(outcomeOf(await browser.call(teamJoin, { key: randomUUID(), code: opened.room.code }))).toBe('ok');
  }
  const { coupon } = accepted(
    await leader!.browser.call(teamOpenShare, { key: randomUUID(), teamId: opened.own.teamId }),
  );
  expect(coupon).toMatchObject({ whyNot: null, heldUntil: null });
  expect(accepted(await leader!.browser.call(riskMine, {})).decisions).toEqual([]);
});

test('[T-09] a coupon with a threshold is an offer, and is not asked about', async () => {
  const one = await shopper();
  await suspect(one, true);
  const fixed = await putCoupon(edge.db);
  expect(accepted(await claim(one.browser, fixed)).coupon).toMatchObject({ whyNot: null });
});

test('a challenge on the phone: the code comes to his own number, is taken once, and the same claim then succeeds', async () => {
  const one = await shopper();
  await suspect(one, false);
  const templateId = await packetOf();
  const key = randomUUID();
  const asked = await one.browser.call(couponClaim, { key, templateId });
  expect(asked).toMatchObject({
    refusal: { code: 'risk_challenge', reasons: expect.arrayContaining(['payout_crowded']) },
  });
  await edge.db.query('delete from rate_limit');
  const { sandboxCode, phoneMasked } = accepted(await one.browser.call(riskSendCode, {}));
  expect(phoneMasked).toMatch(/^138\*{4}\d{4}$/);
  const wrong = sandboxCode === '000000' ? '000001' : '000000';
  expect(outcomeOf(await one.browser.call(riskVerifyCode, { code: wrong }))).toBe('wrong_code');
  const twice = await Promise.all([
    one.browser.call(riskVerifyCode, { code: sandboxCode }),
    one.browser.call(riskVerifyCode, { code: sandboxCode }),
  ]);
  expect(twice.map(outcomeOf).sort()).toEqual(['code_expired', 'ok']);
  expect(outcomeOf(await one.browser.call(couponClaim, { key, templateId }))).toBe('ok');
});

test('a reward that was given is told again under its key, whatever would be decided now', async () => {
  const one = await shopper();
  const templateId = await packetOf();
  const key = randomUUID();
  const { coupon } = accepted(await one.browser.call(couponClaim, { key, templateId }));
  const campaignId = await putTeamCampaign(edge.db);
  const opened = accepted(await one.browser.call(teamOpen, { key, campaignId }));
  await edge.db.query('update person set banned = null where id = $1', [one.id]);
  await suspect(one, false);
  expect(accepted(await one.browser.call(couponClaim, { key, templateId }))).toMatchObject({
    isReplay: true,
    coupon: { id: coupon.id },
  });
  expect(accepted(await one.browser.call(teamOpen, { key, campaignId }))).toMatchObject({
    isReplay: true,
    room: { code: opened.room.code },
  });
});

test('[INV-41] who joined a team while he was held opens a share that is held; his friends’ are free', async () => {
  const [leader, friend, held] = [await shopper(), await shopper(), await shopper()];
  const campaignId = await putTeamCampaign(edge.db, { size: 3 });
  const { room, own } = accepted(await leader.browser.call(teamOpen, { key: randomUUID(), campaignId }));
  await suspect(held, true);
  const key = randomUUID();
  const joining = { key, code: room.code };
  expect(await held.browser.call(teamJoin, joining)).toMatchObject({
    refusal: { code: 'risk_work_required', isSpent: false },
  });
  const { challenge } = accepted(await held.browser.call(riskWork, { command: 'team.join' }));
  const device = await makeDevice();
  expect(accepted(await held.browser.call(riskRegisterDevice, { publicKey: device.publicKey })).deviceId).toBe(
    device.id,
  );
  const work = await doWork(challenge);
  // With a device's key and the work he has 80 points: a challenge; six more months of nothing would not change it.
  await edge.db.query(`update risk_device set used_at = now()`);
  const verdict = await held.browser.call(teamJoin, { ...joining, work });
  expect(outcomeOf(verdict)).toBe('ok');
  accepted(await friend.browser.call(teamJoin, { key: randomUUID(), code: room.code }));
  const open = (browser: Browser) => browser.call(teamOpenShare, { key: randomUUID(), teamId: own.teamId });
  expect(accepted(await open(held.browser)).coupon).toMatchObject({ whyNot: 'held', heldUntil: expect.any(Number) });
  expect(accepted(await open(friend.browser)).coupon).toMatchObject({ whyNot: null });
  expect(accepted(await held.browser.call(couponMine, {})).coupons).toMatchObject([{ whyNot: 'held' }]);
});

test('[INV-41] a leader who was held has a consolation that is held as long; one whom a person has refused has none', async () => {
  const campaignId = await putTeamCampaign(edge.db);
  const made: { browser: Browser; id: string; teamId: string }[] = [];
  for (let i = 0; i < 2; i += 1) {
    const leader = await shopper();
    await suspect(leader, true);
    const { own } = accepted(await leader.browser.call(teamOpen, { key: randomUUID(), campaignId }));
    made.push({ ...leader, teamId: own.teamId });
    await runOutOfTime(edge.db, own.teamId);
  }
  const [held, refused] = made as [(typeof made)[number], (typeof made)[number]];
  const [decision] = await edge.db.query<{ id: string }>(
    `select id from risk_decision where shopper_id = $1 and command = 'team.open' and action = 'hold'`,
    [refused.id],
  );
  await edge.db.transaction((tx) =>
    reviewHolds(tx, [decision?.id ?? ''], { isFreed: false, by: 'op', words: '同一设备' }),
  );
  await endTeams(edge.db);
  expect(accepted(await held.browser.call(couponMine, {})).coupons).toMatchObject([{ whyNot: 'held' }]);
  expect(accepted(await refused.browser.call(couponMine, {})).coupons).toEqual([]);
});

test('[T-08] six codes that there are not: five are unknown, then he waits', async () => {
  const { browser } = await shopper();
  const codes: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    codes.push(outcomeOf(await browser.call(teamJoin, { key: randomUUID(), code: `nosuchteam0${i}` })));
  }
  expect(codes).toEqual([...Array(5).fill('unknown_team'), 'risk_limit']);
});

test('a code of the other kind of packet is told to be one, and is not counted as guessed', async () => {
  const [owner, guest] = [await shopper(), await shopper()];
  const team = accepted(
    await owner.browser.call(teamOpen, { key: randomUUID(), campaignId: await putTeamCampaign(edge.db) }),
  ).room.code;
  const packet = accepted(
    await owner.browser.call(packetIssue, { key: randomUUID(), campaignId: await putPacketCampaign(edge.db) }),
  ).packet.code;
  const { browser } = guest;
  expect(outcomeOf(await browser.call(teamRoomRead, { code: packet }))).toBe('packet_code');
  expect(outcomeOf(await browser.call(packetPage, { code: team }))).toBe('team_code');
  const answers = new Set<string>();
  for (let i = 0; i < 3; i += 1) {
    answers.add(outcomeOf(await browser.call(teamJoin, { key: randomUUID(), code: packet })));
    answers.add(outcomeOf(await browser.call(packetAccept, { key: randomUUID(), code: team })));
    const visit = { key: randomUUID(), code: team, stayedMs: 6_000, touched: true };
    answers.add(outcomeOf(await browser.call(packetVisit, visit)));
  }
  expect([...answers].sort()).toEqual(['packet_code', 'team_code']);
});

test('[T-10] a packet that is issued behind a closed gate is held, and a visit makes it grow only when the gate is open', async () => {
  const [owner, friend] = [await shopper(), await shopper()];
  const campaignId = await putPacketCampaign(edge.db);
  const { own, packet } = accepted(await owner.browser.call(packetIssue, { key: randomUUID(), campaignId }));
  expect(own.coupon).toMatchObject({ whyNot: null });
  await closeGate(edge.db, 'canary', 'test');
  const another = await shopper();
  const held = accepted(await another.browser.call(packetIssue, { key: randomUUID(), campaignId }));
  expect(held.own.coupon).toMatchObject({ whyNot: 'held', heldUntil: expect.any(Number) });
  const visit = { key: randomUUID(), code: packet.code, stayedMs: 6_000, touched: true };
  expect(outcomeOf(await friend.browser.call(packetVisit, visit))).toBe('ok');
  const risk = riskOf(edge.db);
  const packets = packetService({ db: edge.db, mayVest: (one) => risk.mayVest(one) });
  const vest = () => sweepPackets(edge.db, packets);
  await vest();
  const worthNow = async () => accepted(await owner.browser.call(packetPage, { code: packet.code })).packet.valueFen;
  const before = await worthNow();
  expect(before).toBe(packet.valueFen);
  await edge.db.query('update risk_gate set closed_because = null, detail = null, closed_at = null');
  await sweepRisk(edge.db);
  await vest();
  expect(await worthNow()).toBe(before + packet.stepFen);
  await Promise.all([packets.drain(), risk.drain()]);
});
