import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { opsOrderGroupsMessages } from '../../lib/messages/ops-order-groups.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { orderReviewMessages } from '../../lib/messages/order-review.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import { heldOrder, publishPackets } from './review-doors.ts';
import type { Room, Scene } from './screen-scenes.ts';
import { inDatabase, joinTeam, openShare, openTeam, publishTeams } from './team-doors.ts';

/* The rules against fraud as npm run screens sees them: rewards that are held while the gate is closed, and their ends. */

const PATIENCE_MS = 60_000;
const REASON = 'screens';

async function decisionsOf(phone: APIRequestContext) {
  const answer = await (await phone.get('/api/risk.mine')).json();
  return (answer as { value: ValueNamed<'risk.mine'> }).value.decisions;
}

const reviewed = new WeakMap<Room, { id: string; campaign: string }>();

/** An order of the shopper that waits for review: three others have ordered by the same payer. */
async function heldOrderOf(room: Room): Promise<{ id: string; campaign: string }> {
  const known = reviewed.get(room);
  if (known !== undefined) return known;
  const campaign = `双11红包 ${randomUUID().slice(0, 4)}`;
  // The last room of this run left the gate closed; the second operator of a lifting is not worth a login here.
  await inDatabase(room.home, (db) =>
    db.query(
      `update risk_gate set closed_because = null, detail = null, closed_at = null, closed_by = null, lift_by = null,
         lift_reason = null, opens_at = null`,
    ),
  );
  const people = [await room.other(), await room.other(), await room.other(), room.shopper.request];
  const id = await heldOrder(people, await publishPackets(room.home, campaign));
  reviewed.set(room, { id, campaign });
  return { id, campaign };
}

async function refuseOrder(room: Room): Promise<string> {
  const { id, campaign } = await heldOrderOf(room);
  const { orderGroups } = await room.operator.risk();
  const group = orderGroups.find((one) => one.campaign?.zh === campaign);
  if (group) {
    const words = '四个账号用同一个付款账户，收货人是同一个';
    await room.operator.ask('ops.decideOrderReview', { groupId: group.id, isFreed: false, words });
  }
  return `/order?id=${id}`;
}

const heldPaths = new WeakMap<Room, string>();

/** A share of the shopper that is held, with the page that shows it; made when there is none. */
async function held(room: Room): Promise<string> {
  const known = heldPaths.get(room);
  if (known !== undefined) return known;
  const { gate } = await room.operator.ask('ops.closeRiskGate', { reason: REASON });
  expect(gate.isClosed).toBe(true);
  const campaignId = await publishTeams(room.home, '双11组队');
  const code = await openTeam(room.shopper.request, campaignId);
  for (let count = 0; count < 3; count += 1) await joinTeam(await room.other(), code);
  await openShare(room.shopper.request, code);
  heldPaths.set(room, `/t?c=${code}`);
  return `/t?c=${code}`;
}

async function openSheet(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
}

const seen = (page: Page, text: string) => expect(page.getByText(text).first()).toBeVisible({ timeout: PATIENCE_MS });

const appeal = (page: Page, locale: Locale) => openSheet(page, riskDecisionsMessages[locale].appeal);

export const riskScenes: readonly Scene[] = [
  {
    name: 'order-review',
    who: 'shopper',
    arrange: async (room) => `/order?id=${(await heldOrderOf(room)).id}`,
    act: (page, locale) => seen(page, orderReviewMessages[locale].heldText),
  },
  {
    name: 'ops-risk-orders',
    who: 'operator',
    async arrange(room) {
      await heldOrderOf(room);
      return '/ops/risk';
    },
    async act(page, locale) {
      const { act, decideTitle } = opsOrderGroupsMessages[locale];
      await openSheet(page, act);
      await expect(page.getByRole('dialog')).toContainText(decideTitle);
    },
  },
  {
    name: 'ops-orders-review',
    who: 'operator',
    async arrange(room) {
      await heldOrderOf(room);
      return '/ops';
    },
    act: (page, locale) => seen(page, opsOrdersMessages[locale].review_held),
  },
  {
    name: 'order-review-refused',
    who: 'shopper',
    arrange: refuseOrder,
    act: (page, locale) => seen(page, orderReviewMessages[locale].refused),
  },
  { name: 'decisions-empty', who: 'newcomer', arrange: () => '/decisions' },
  { name: 'risk-held', who: 'shopper', arrange: held },
  {
    name: 'risk-wallet',
    who: 'shopper',
    async arrange(room) {
      await held(room);
      return '/wallet';
    },
  },
  {
    name: 'decisions',
    who: 'shopper',
    async arrange(room) {
      await held(room);
      return '/decisions';
    },
  },
  {
    name: 'ops-risk',
    who: 'operator',
    async arrange(room) {
      await held(room);
      return '/ops/risk';
    },
  },
  {
    name: 'decisions-refused',
    who: 'shopper',
    async arrange(room) {
      await held(room);
      const [decision] = await decisionsOf(room.shopper.request);
      const refused = { decisionId: decision?.id ?? '', isFreed: false, isGroup: false };
      if (decision?.state === 'standing') {
        await room.operator.ask('ops.decideRisk', { ...refused, words: '同一台设备上的人太多' });
      }
      return '/decisions';
    },
  },
  { name: 'decisions-appeal', who: 'shopper', arrange: () => '/decisions', act: appeal },
];
