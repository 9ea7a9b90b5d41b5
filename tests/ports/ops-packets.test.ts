import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  opsApprovePacketCampaign,
  opsApprovePacketRaise,
  opsLiftPacketCampaign,
  opsPacketsRead,
  opsPublishPacketCampaign,
  opsRaisePacketCampaign,
  opsSavePacketCampaign,
  opsStopPacketCampaign,
  opsUndoPacketRaise,
} from '../../lib/contracts/ops-packet.ts';
import { packetCampaignHash, packetCampaignOf } from '../../lib/domain/packet/campaign.ts';
import type { PacketSettings } from '../../lib/domain/packet/packet.ts';
import { type PacketService, packetService } from '../../server/packet/service.ts';
import { LIMITS } from '../../server/platform/limits.ts';
import { keepPace } from '../../server/promo/pace.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { accountOf } from '../support/coupons.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import {
  issueTo,
  packetAsksOf,
  packetRow,
  packetSettings,
  putPeople,
  stepsOf,
  sweepPackets,
  violationsAfterPackets,
} from '../support/packets.ts';
import { testDatabase } from '../support/postgres.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';
import { code, people } from '../support/team-asks.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;
let packets: PacketService;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  packets = packetService({ db });
  edge = await identityEdge(db, () => opsRoutesOf(db));
  operator = await staffBrowser(edge, 'operator');
  await addSkus(db, [{ id: 'a' }]);
});
afterEach(async () => {
  expect(await violationsAfterPackets(database.db, packets)).toEqual([]);
  await edge.app.close();
  await database.drop();
});

const asks = packetAsksOf(() => packets);
const draft = (more: Partial<PacketSettings> = {}) =>
  structuredClone({ id: randomUUID(), ...packetSettings(more) }) as { id: string } & PacketSettings;
const seen = async (id: string, by = operator) =>
  accepted(await by.call(opsPacketsRead, {})).campaigns.find((one) => one.id === id);
async function published(more: Partial<PacketSettings> = {}): Promise<string> {
  const one = draft(more);
  accepted(await operator.call(opsSavePacketCampaign, one));
  accepted(await operator.call(opsPublishPacketCampaign, { id: one.id }));
  return one.id;
}
const HOUR = 3_600_000;

test('a draft says its generations; published it is frozen under its hash, once, and packets are issued', async () => {
  const one = draft();
  accepted(await operator.call(opsSavePacketCampaign, one));
  expect(await seen(one.id)).toMatchObject({
    ...{ state: 'draft', hash: null, faults: [], isOwn: true, raise: null },
    terms: [{ capFen: 1_000 }, { baseFen: 250 }, { baseFen: 250 }],
  });
  accepted(await operator.call(opsSavePacketCampaign, { ...one, lifeHours: 48 }));
  accepted(await operator.call(opsPublishPacketCampaign, { id: one.id }));
  expect(outcomeOf(await operator.call(opsPublishPacketCampaign, { id: one.id }))).toBe('ok');
  const shown = await seen(one.id);
  const { id, ...settings } = { ...one, lifeHours: 48 };
  expect(shown).toMatchObject({ state: 'running', hash: packetCampaignHash(packetCampaignOf(id, settings)) });
  await putPeople(database.db, ['ann', 'bob', 'eve']);
  const { code: shared } = await issueTo(asks, id, 'ann');
  expect(code(await asks.accept(shared, 'bob'))).toBe('ok');
  expect(code(await asks.look(shared, 'somebody'))).toBe('ok');
  expect((await seen(id))?.figures).toMatchObject({
    ...{ issued: [1, 1, 0], growing: 2, full: 0, locked: 0, pending: 1, vested: 1, lapsed: 0, grownFen: 50 },
    ...{ reservedFen: 1_500, leftFen: 98_500, spentFen: 0, exposureFen: 100_000 },
  });
  await expect(database.db.query(`update packet_campaign set settings = '{}' where id = $1`, [id])).rejects.toThrow(
    /stopped, not changed/,
  );
});

test('[P33] an unlawful packet campaign stays a draft, which says so before and when it is published', async () => {
  const one = draft({ name: { zh: '现金红包，最高长到20元', en: 'A packet' } });
  accepted(await operator.call(opsSavePacketCampaign, one));
  const codes = (await seen(one.id))?.faults.map(({ code: fault }) => fault);
  expect(codes).toEqual(expect.arrayContaining(['says_cash']));
  expect(await operator.call(opsPublishPacketCampaign, { id: one.id })).toMatchObject({
    refusal: { code: 'campaign_unlawful' },
  });
  expect(await database.db.query('select 1 from coupon_template')).toEqual([]);
  const ended = draft();
  accepted(await operator.call(opsSavePacketCampaign, ended));
  accepted(await operator.call(opsPublishPacketCampaign, { id: ended.id }));
  expect(await operator.call(opsSavePacketCampaign, { ...ended, endsAt: ended.endsAt + HOUR })).toMatchObject({
    refusal: { code: 'campaign_unlawful', faults: [{ code: 'end_changed' }] },
  });
  expect(outcomeOf(await operator.call(opsSavePacketCampaign, ended))).toBe('packet_campaign_published');
});

test.each([
  ['a cap that is no more than the base', { capPermille: 1_000 }, 'invalid_input'],
  ['a step of less than a fen', { baseFen: 15, stepPermille: 50 }, 'packet_campaign_wrong'],
  ['a budget below one packet at its cap', { budgetFen: 999 }, 'packet_campaign_wrong'],
  ['an end in the past', { endsAt: Date.now() - 1 }, 'packet_campaign_wrong'],
  ['a category that is not there', { scope: { kind: 'categories', ids: ['wine'] } }, 'unknown_scope'],
] as const)('%s is refused', async (_what, more, refusal) => {
  expect(outcomeOf(await operator.call(opsSavePacketCampaign, draft(more as Partial<PacketSettings>)))).toBe(refusal);
});

test('[COUP2] a big campaign, and every raise, needs a second operator', async () => {
  const second = await staffBrowser(edge, 'operator');
  const id = await published({ budgetFen: 2_000_000 });
  expect(await seen(id)).toMatchObject({ state: 'waiting' });
  await putPeople(database.db, ['cat']);
  expect(code(await asks.issue(id, 'cat'))).toBe('unknown_packet_campaign');
  expect(outcomeOf(await operator.call(opsApprovePacketCampaign, { id }))).toBe('same_person');
  accepted(await second.call(opsApprovePacketCampaign, { id }));
  expect(code(await asks.issue(id, 'cat'))).toBe('ok');
  const raiseId = randomUUID();
  accepted(await operator.call(opsRaisePacketCampaign, { id, raiseId, addFen: 50_000 }));
  expect(await seen(id)).toMatchObject({ raise: { id: raiseId, addFen: 50_000, isOwn: true, validFrom: null } });
  expect(outcomeOf(await operator.call(opsApprovePacketRaise, { raiseId }))).toBe('same_person');
  expect(await accountOf(database.db, id)).toMatchObject({ left: 1_999_000 });
  accepted(await second.call(opsApprovePacketRaise, { raiseId }));
  expect(await accountOf(database.db, id)).toMatchObject({ left: 2_049_000 });
  expect(await seen(id)).toMatchObject({ budgetFen: 2_050_000 });
  expect(outcomeOf(await operator.call(opsUndoPacketRaise, { raiseId }))).toBe('raise_in_force');
  const other = randomUUID();
  accepted(await operator.call(opsRaisePacketCampaign, { id, raiseId: other, addFen: 1 }));
  accepted(await operator.call(opsUndoPacketRaise, { raiseId: other }));
  expect(await seen(id)).toMatchObject({ raise: null });
});

test('stopped, nobody has a packet any more and those that exist grow on; withdrawn, those that no order holds are gone', async () => {
  const { db } = database;
  const id = await published();
  await putPeople(db, ['dan', 'fay', 'gus']);
  const one = await issueTo(asks, id, 'dan');
  accepted(await operator.call(opsStopPacketCampaign, { id, withdraw: false, reason: '试' }));
  expect(code(await asks.issue(id, 'fay'))).toBe('packet_campaign_stopped');
  expect(code(await asks.visit(one.code, 'gus'))).toBe('ok');
  expect(code(await asks.look(one.code, 'a stranger'))).toBe('ok');
  accepted(await operator.call(opsStopPacketCampaign, { id, withdraw: true, reason: '错' }));
  expect(await packets.page(one.code, '')).toMatchObject({ ok: true, value: { packet: { state: 'withdrawn' } } });
  expect(code(await asks.visit(one.code, 'fay'))).toBe('packet_ended');
  await sweepPackets(db, packets);
  expect(await stepsOf(db, one.id)).toMatchObject([{ state: 'vested' }, { state: 'lapsed', because: 'ended' }]);
  expect(await accountOf(db, id)).toMatchObject({ left: 100_000, reserved: 0 });
  expect((await seen(id))?.figures).toMatchObject({ withdrawn: 1, lapsed: 1 });
});

test('[T-07] a packet campaign whose budget runs away is paused; packets that exist grow on until somebody lifts it', async () => {
  const { db } = database;
  const id = await published({ baseFen: 20_000, budgetFen: 900_000 });
  await putPeople(db, [...people('h', 8), 'ivy']);
  for (const owner of people('h', 6)) expect(code(await asks.issue(id, owner))).toBe('ok');
  const [first] = (await packets.mine('h0')).packets;
  const stopped = await keepPace(db, { ...LIMITS.coupon.pace, soloFen: 100_000, burst: 1 });
  expect(stopped).toMatchObject([{ templateId: id, goneFen: 240_000 }]);
  expect(code(await asks.issue(id, 'h6'))).toBe('packet_campaign_paused');
  expect(code(await asks.accept(first?.packet.code ?? '', 'h6'))).toBe('packet_campaign_paused');
  expect(code(await asks.visit(first?.packet.code ?? '', 'ivy'))).toBe('ok');
  expect(await packetRow(db, first?.coupon.id ?? '')).toMatchObject({ value: 22_000 });
  expect(await seen(id)).toMatchObject({ state: 'paused', pause: { goneFen: 240_000 } });
  accepted(await operator.call(opsLiftPacketCampaign, { id, reason: '已核对' }));
  expect(code(await asks.issue(id, 'h6'))).toBe('ok');
});
