import type * as z from 'zod/mini';
import type * as cart from './cart.ts';
import type * as catalog from './catalog.ts';
import type * as check from './check.ts';
import type { Contract, RefusalOf, ValueOf } from './contract.ts';
import type * as counter from './counter.ts';
import type * as counterCoupon from './counter-coupon.ts';
import type * as coupon from './coupon.ts';
import type * as identity from './identity.ts';
import type * as live from './live.ts';
import type * as ops from './ops.ts';
import type * as opsOffer from './ops-offer.ts';
import type * as opsPacket from './ops-packet.ts';
import type * as opsPayment from './ops-payment.ts';
import type * as opsPickup from './ops-pickup.ts';
import type * as opsRisk from './ops-risk.ts';
import type * as opsStore from './ops-store.ts';
import type * as opsTeam from './ops-team.ts';
import type * as order from './order.ts';
import type * as packet from './packet.ts';
import type * as payment from './payment.ts';
import type * as pickup from './pickup.ts';
import type * as promotion from './promotion.ts';
import type * as push from './push.ts';
import type * as refund from './refund.ts';
import type * as risk from './risk.ts';
import type * as share from './share.ts';
import type * as shareDomains from './share-domains.ts';
import type * as store from './store.ts';
import type * as storeOffer from './store-offer.ts';
import type * as studioFigures from './studio-figures.ts';
import type * as studioGraph from './studio-graph.ts';
import type * as studioLinks from './studio-links.ts';
import type * as studioTokens from './studio-tokens.ts';
import type * as team from './team.ts';
import type * as transfer from './transfer.ts';
import type * as waitlist from './waitlist.ts';
import type * as wechat from './wechat.ts';
import type * as wechatLogin from './wechat-login.ts';

/* The HTTP wire by name, as types only: pages know it without carrying zod. */

type Rooms = typeof cart &
  typeof catalog &
  typeof check &
  typeof counter &
  typeof counterCoupon &
  typeof coupon &
  typeof identity &
  typeof live &
  typeof ops &
  typeof opsOffer &
  typeof opsPacket &
  typeof opsPayment &
  typeof opsPickup &
  typeof opsRisk &
  typeof opsStore &
  typeof opsTeam &
  typeof order &
  typeof packet &
  typeof payment &
  typeof pickup &
  typeof promotion &
  typeof push &
  typeof refund &
  typeof risk &
  typeof share &
  typeof shareDomains &
  typeof store &
  typeof storeOffer &
  typeof studioFigures &
  typeof studioGraph &
  typeof studioLinks &
  typeof studioTokens &
  typeof team &
  typeof transfer &
  typeof waitlist &
  typeof wechat &
  typeof wechatLogin;
type ContractIn<T> = T extends Contract ? T : never;
type AnyContract = ContractIn<Rooms[keyof Rooms]>;

/** The name of a command or read, for example `order.submit`. */
export type WireName = AnyContract['name'];
export type ContractNamed<N extends WireName> = Extract<AnyContract, { name: N }>;
/** What is sent: fields that the contract fills in or converts may be left out. */
export type RequestNamed<N extends WireName> = z.input<ContractNamed<N>['request']>;
export type ValueNamed<N extends WireName> = ValueOf<ContractNamed<N>>;
/** Everything that any contract may refuse with. */
export type AnyRefusal = RefusalOf<AnyContract>;
