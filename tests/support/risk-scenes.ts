import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import type { Room, Scene } from './screen-scenes.ts';
import { joinTeam, openShare, openTeam, publishTeams } from './team-doors.ts';

/* The rules against fraud as npm run screens sees them: rewards that are held while the gate is closed, and their ends. */

const PATIENCE_MS = 60_000;
const REASON = 'screens';

async function decisionsOf(phone: APIRequestContext) {
  const answer = await (await phone.get('/api/risk.mine')).json();
  return (answer as { value: ValueNamed<'risk.mine'> }).value.decisions;
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

const appeal = (page: Page, locale: Locale) => openSheet(page, riskDecisionsMessages[locale].appeal);

export const riskScenes: readonly Scene[] = [
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
