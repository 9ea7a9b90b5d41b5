import { randomInt, randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Locale } from '../../lib/messages/define.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import type { Room, Scene } from './screen-scenes.ts';
import { inDatabase } from './team-doors.ts';

const PATIENCE_MS = 60_000;
/** Where the store of the scenes is; set by the first of them. */
let place = { longitude: 0, latitude: 0 };

/** One offer of a store of the demo that is open around the clock; made once, whatever the size and colour. */
async function offerOf({ home, operator }: Room): Promise<void> {
  const [store] = await inDatabase(home, (db) =>
    db.query<{ id: string; lng: number; lat: number; known: boolean }>(
      `select s.id, s.lng, s.lat, exists (select 1 from store_offer_place p where p.store_id = s.id) as known
       from store s where s.state = 'open' order by s.id limit 1`,
    ),
  );
  if (!store) throw new Error('The demo has no stores');
  place = { longitude: store.lng, latitude: store.lat + 0.002 };
  if (store.known) return;
  await operator.ask('ops.saveStoreHours', { id: store.id, hours: null });
  const now = Date.now();
  const yuan = 30 + randomInt(10);
  await operator.ask('ops.makeStoreOffer', {
    id: randomUUID(),
    name: { zh: `到店满99减${yuan}`, en: `¥${yuan} off from ¥99` },
    rule: { kind: 'threshold', fullFen: 9_900, cutFen: yuan * 100 },
    hours: [0, 1_440],
    from: now,
    until: now + 7 * 86_400_000,
    ...{ goodMinutes: 120, perDay: 100, total: 200, budgetFen: 800_000 },
    storeIds: [store.id],
  });
  await operator.ask('ops.newStorePassword', { storeId: store.id });
}

async function look(page: Page, locale: Locale): Promise<void> {
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ ...place, accuracy: 20 });
  await page.getByRole('button', { name: offersMessages[locale].look }).click({ timeout: PATIENCE_MS });
}

async function find(page: Page, locale: Locale): Promise<void> {
  const words = offersMessages[locale];
  await look(page, locale);
  await page.getByRole('button', { name: words.consentYes }).click();
  await expect(page.getByRole('heading', { name: words.found(1) })).toBeVisible({ timeout: PATIENCE_MS });
}

const arrange = async (room: Room) => {
  await offerOf(room);
  return '/offers';
};

/** Offers of stores: asked before the phone is, found near by, held out as a code; and behind the counter. */
export const offerScenes: readonly Scene[] = [
  { name: 'offers-consent', who: 'newcomer', arrange, act: look },
  { name: 'offers-near', who: 'newcomer', arrange, act: find },
  {
    name: 'offers-code',
    who: 'newcomer',
    arrange,
    async act(page, locale) {
      const words = offersMessages[locale];
      await find(page, locale);
      await page.getByRole('button', { name: words.claim, exact: true }).click();
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'ops-offers',
    who: 'operator',
    async arrange(room) {
      await offerOf(room);
      return '/ops/offers';
    },
  },
];
