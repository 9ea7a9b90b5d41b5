import * as cart from './cart.ts';
import * as catalog from './catalog.ts';
import * as check from './check.ts';
import type { Contract } from './contract.ts';
import * as counter from './counter.ts';
import * as counterCoupon from './counter-coupon.ts';
import * as coupon from './coupon.ts';
import * as identity from './identity.ts';
import * as live from './live.ts';
import * as ops from './ops.ts';
import * as opsOffer from './ops-offer.ts';
import * as opsPacket from './ops-packet.ts';
import * as opsPayment from './ops-payment.ts';
import * as opsPickup from './ops-pickup.ts';
import * as opsRisk from './ops-risk.ts';
import * as opsStore from './ops-store.ts';
import * as opsTeam from './ops-team.ts';
import * as order from './order.ts';
import * as packet from './packet.ts';
import * as payment from './payment.ts';
import * as pickup from './pickup.ts';
import * as promotion from './promotion.ts';
import * as push from './push.ts';
import * as refund from './refund.ts';
import * as risk from './risk.ts';
import * as share from './share.ts';
import * as shareDomains from './share-domains.ts';
import * as store from './store.ts';
import * as storeOffer from './store-offer.ts';
import * as studioFigures from './studio-figures.ts';
import * as studioGraph from './studio-graph.ts';
import * as studioLinks from './studio-links.ts';
import * as studioTokens from './studio-tokens.ts';
import * as team from './team.ts';
import * as transfer from './transfer.ts';
import * as waitlist from './waitlist.ts';
import * as wechat from './wechat.ts';
import * as wechatLogin from './wechat-login.ts';

/** Raised when an installed app of the previous version could no longer be answered; each with its reason. */
export const PROTOCOL_VERSION = 1;

/** The whole of the HTTP wire: the door mounts it, OpenAPI is written from it, its hash is pinned by a test. */
export const httpContracts: readonly Contract[] = Object.values({
  ...cart,
  ...catalog,
  ...check,
  ...counter,
  ...counterCoupon,
  ...coupon,
  ...identity,
  ...live,
  ...ops,
  ...opsOffer,
  ...opsPacket,
  ...opsPayment,
  ...opsPickup,
  ...opsRisk,
  ...opsStore,
  ...opsTeam,
  ...order,
  ...packet,
  ...payment,
  ...pickup,
  ...team,
  ...transfer,
  ...waitlist,
  ...wechat,
  ...wechatLogin,
  ...promotion,
  ...push,
  ...refund,
  ...risk,
  ...share,
  ...shareDomains,
  ...store,
  ...storeOffer,
  ...studioFigures,
  ...studioGraph,
  ...studioLinks,
  ...studioTokens,
}).filter(
  (item): item is Contract & typeof item =>
    typeof item === 'object' && item !== null && 'path' in item && 'kind' in item,
);
