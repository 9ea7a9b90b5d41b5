import { randomUUID } from 'node:crypto';
import { studioMakeLink, studioSaveCampaign } from '../../lib/contracts/studio-links.ts';
import { qualifyPaid, settleQualified } from '../../server/sharing/credits.ts';
import { accepted } from './browser.ts';
import { openEdge } from './edge.ts';
import { putOnSale } from './goods.ts';
import { hitOn, putLink, testRecorder, touchLink } from './sharing.ts';
import { openShop } from './shop.ts';
import { staffBrowser } from './staff.ts';

/* The studio through its doors, as a marketer's page or script asks. */

export async function openStudio() {
  const edge = await openEdge();
  const shop = await openShop(edge.db);
  await putOnSale(edge.db, { id: 'tea', priceFen: 10_000, onHand: 10_000 });
  const marketer = await staffBrowser(edge as never, 'marketer');
  const operator = await staffBrowser(edge as never, 'operator');

  const campaign = async (id: string) => {
    accepted(await marketer.call(studioSaveCampaign, { id, name: { zh: '双11', en: 'Double 11' } }));
    return { campaignId: id };
  };

  /** The shop's link, by it Ann, by hers Bob and Cat; Dan buys by Bob's, Eve by Cat's and gives it back. */
  async function spread(campaignId: string) {
    const { db } = edge;
    await campaign(campaignId);
    const made = accepted(
      await marketer.call(studioMakeLink, { campaignId, landing: '/p/p-tea', utmSource: 'kol', utmMedium: 'video' }),
    );
    const [root] = await db.query<{ id: number; code: string }>('select id, code from share_link where code = $1', [
      made.code,
    ]);
    if (!root) throw new Error('no root');
    const names = { ann: `ann-${campaignId}`, bob: `bob-${campaignId}`, cat: `cat-${campaignId}` };
    const childOf = async (parent: { id: number }, sharerId: string) => {
      const visitorId = randomUUID();
      const visitId = await touchLink(db, parent.id, visitorId);
      return putLink(db, { campaignId, sharerId, visitorId, parent: { id: parent.id, visitId } });
    };
    const ann = await childOf(root, names.ann);
    const [bob, cat] = [await childOf(ann, names.bob), await childOf(ann, names.cat)];
    const recorder = testRecorder(db);
    for (const channel of ['wechat', 'wechat', 'weibo']) recorder.offer(hitOn(bob, { channel }));
    await recorder.drain();
    const [dan, eve] = [`dan-${campaignId}`, `eve-${campaignId}`];
    await touchLink(db, bob.id, randomUUID(), dan);
    await touchLink(db, cat.id, randomUUID(), eve);
    for (const person of [dan, eve]) {
      const { orderId } = await shop.order(person, 'tea');
      await shop.pay(orderId);
      await qualifyPaid(db);
      if (person === eve) {
        await shop.agreeRefund(eve, orderId);
        await shop.sendRefunds();
        await settleQualified(db);
      }
    }
    return { campaignId, root, ann, bob, cat, names };
  }

  return { edge, marketer, operator, campaign, spread, close: () => edge.close() };
}

export type Studio = Awaited<ReturnType<typeof openStudio>>;
