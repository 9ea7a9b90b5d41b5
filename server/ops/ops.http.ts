import {
  opsApproveCoupon,
  opsApproveRaise,
  opsCouponsRead,
  opsLiftCoupon,
  opsPublishCoupon,
  opsRaiseCoupon,
  opsSaveCoupon,
  opsStopCoupon,
  opsUndoRaise,
} from '../../lib/contracts/coupon.ts';
import {
  opsAdjustStock,
  opsMessages,
  opsOrders,
  opsPack,
  opsReceive,
  opsSaveSession,
  opsSessions,
  opsShip,
  opsStock,
} from '../../lib/contracts/ops.ts';
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
import { opsQuarantine, opsReconciliation, opsSettleNotice } from '../../lib/contracts/ops-payment.ts';
import {
  opsAnswerAppeal,
  opsCloseRiskGate,
  opsDecideOrderReview,
  opsDecideRisk,
  opsLiftRiskGate,
  opsRiskRead,
  opsSetRiskMode,
  opsSetRiskRule,
} from '../../lib/contracts/ops-risk.ts';
import {
  opsSaveHoliday,
  opsSaveStoreDate,
  opsSaveStoreHours,
  opsSetStoreState,
  opsStoreStock,
  opsStores,
} from '../../lib/contracts/ops-store.ts';
import {
  opsApproveTeamCampaign,
  opsApproveTeamRaise,
  opsLiftTeamCampaign,
  opsPublishTeamCampaign,
  opsRaiseTeamCampaign,
  opsSaveTeamCampaign,
  opsStopTeamCampaign,
  opsTeamsRead,
  opsUndoTeamRaise,
} from '../../lib/contracts/ops-team.ts';
import {
  opsApprovePromotion,
  opsMakePromotion,
  opsPromotionsRead,
  opsStopPromotion,
} from '../../lib/contracts/promotion.ts';
import { opsDecideRefund, opsGoodsBack, opsSettleReturn } from '../../lib/contracts/refund.ts';
import { opsEndTransfer, opsSaveLocation, opsSendTransfer, opsTransfers } from '../../lib/contracts/transfer.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { RefundBook } from '../order/refund-book.ts';
import type { OrderService } from '../order/service.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { approveCoupon, liftCoupon, listCoupons, publishCoupon, saveCoupon, stopCoupon } from './coupons.ts';
import { listMessages } from './messages.ts';
import { operatorActor, opsOrderDesk } from './orders.ts';
import {
  approvePackets,
  liftPackets,
  listPackets,
  publishPackets,
  savePacketCampaign,
  stopPackets,
} from './packets.ts';
import { listQuarantine, reconcile, settleNotice } from './payments.ts';
import { approvePromotion, listPromotions, makePromotion, stopPromotion } from './promotions.ts';
import { couponRaises, packetRaises, raiseCoupon, teamRaises } from './raise-desks.ts';
import { opsRefundDesk } from './refunds.ts';
import {
  answerAppeal,
  closeRiskGate,
  decideHold,
  decideOrderReview,
  liftRiskGate,
  listRisk,
  setMode,
  setRule,
} from './risk.ts';
import { listSessions, saveSession } from './sessions.ts';
import { adjustStock, listStock, listStoreStock } from './stock.ts';
import { listStores, saveHoliday, saveStoreDate, saveStoreHours, setStoreState } from './stores.ts';
import { approveTeams, liftTeams, listTeams, publishTeams, saveTeamCampaign, stopTeams } from './teams.ts';
import { endTransfer, listTransfers, saveLocation, sendTransfer } from './transfers.ts';

type Deps = { db: Database; orders: OrderService; refunds: RefundBook };

/** What operators read and do; the door lets nobody else in. */
export function opsRoutes({ db, orders, refunds }: Deps): Route[] {
  const desk = opsOrderDesk({ db, orders });
  const refundDesk = opsRefundDesk({ refunds, desk });
  return [
    handle(opsOrders, async (request) => accept(await desk.list(request))),
    handle(opsPack, (request, { shopperId }) => desk.pack(request, shopperId)),
    handle(opsShip, (request, { shopperId }) => desk.ship(request, shopperId)),
    handle(opsReceive, (request, { shopperId }) => desk.receive(request, shopperId)),
    handle(opsDecideRefund, (request, { shopperId }) => refundDesk.decide(request, shopperId)),
    handle(opsGoodsBack, (request, { shopperId }) => refundDesk.goodsBack(request, shopperId)),
    handle(opsSettleReturn, (request, { shopperId }) => refundDesk.settle(request, shopperId)),
    handle(opsPromotionsRead, async (_request, { shopperId }) => accept(await listPromotions(db, shopperId))),
    handle(opsMakePromotion, (request, { shopperId }) => makePromotion(db, request, shopperId)),
    handle(opsApprovePromotion, (request, { shopperId }) => approvePromotion(db, request, shopperId)),
    handle(opsStopPromotion, (request, { shopperId }) => stopPromotion(db, request, shopperId)),
    handle(opsCouponsRead, async (_request, { shopperId }) => accept(await listCoupons(db, shopperId))),
    handle(opsSaveCoupon, (request, { shopperId }) => saveCoupon(db, request, shopperId)),
    handle(opsPublishCoupon, (request, { shopperId }) => publishCoupon(db, request, shopperId)),
    handle(opsApproveCoupon, (request, { shopperId }) => approveCoupon(db, request, shopperId)),
    handle(opsStopCoupon, (request, { shopperId }) => stopCoupon(db, request, shopperId)),
    handle(opsLiftCoupon, (request, { shopperId }) => liftCoupon(db, request, shopperId)),
    handle(opsRaiseCoupon, (request, { shopperId }) => raiseCoupon(db, request, shopperId)),
    handle(opsApproveRaise, (request, { shopperId }) => couponRaises.agree(db, request, shopperId)),
    handle(opsUndoRaise, (request, { shopperId }) => couponRaises.undo(db, request, shopperId)),
    handle(opsTeamsRead, async (_request, { shopperId }) => accept(await listTeams(db, shopperId))),
    handle(opsSaveTeamCampaign, (request, { shopperId }) => saveTeamCampaign(db, request, shopperId)),
    handle(opsPublishTeamCampaign, (request, { shopperId }) => publishTeams(db, request, shopperId)),
    handle(opsApproveTeamCampaign, (request, { shopperId }) => approveTeams(db, request, shopperId)),
    handle(opsStopTeamCampaign, (request, { shopperId }) => stopTeams(db, request, shopperId)),
    handle(opsLiftTeamCampaign, (request, { shopperId }) => liftTeams(db, request, shopperId)),
    handle(opsRaiseTeamCampaign, (request, { shopperId }) => teamRaises.ask(db, request, shopperId)),
    handle(opsApproveTeamRaise, (request, { shopperId }) => teamRaises.agree(db, request, shopperId)),
    handle(opsUndoTeamRaise, (request, { shopperId }) => teamRaises.undo(db, request, shopperId)),
    handle(opsPacketsRead, async (_request, { shopperId }) => accept(await listPackets(db, shopperId))),
    handle(opsSavePacketCampaign, (request, { shopperId }) => savePacketCampaign(db, request, shopperId)),
    handle(opsPublishPacketCampaign, (request, { shopperId }) => publishPackets(db, request, shopperId)),
    handle(opsApprovePacketCampaign, (request, { shopperId }) => approvePackets(db, request, shopperId)),
    handle(opsStopPacketCampaign, (request, { shopperId }) => stopPackets(db, request, shopperId)),
    handle(opsLiftPacketCampaign, (request, { shopperId }) => liftPackets(db, request, shopperId)),
    handle(opsRaisePacketCampaign, (request, { shopperId }) => packetRaises.ask(db, request, shopperId)),
    handle(opsApprovePacketRaise, (request, { shopperId }) => packetRaises.agree(db, request, shopperId)),
    handle(opsUndoPacketRaise, (request, { shopperId }) => packetRaises.undo(db, request, shopperId)),
    handle(opsRiskRead, async (_request, { shopperId }) => accept(await listRisk(db, shopperId))),
    handle(opsDecideRisk, (request, { shopperId }) => decideHold(db, request, shopperId)),
    handle(opsDecideOrderReview, (request, { shopperId }) => decideOrderReview(db, request, shopperId)),
    handle(opsAnswerAppeal, (request, { shopperId }) => answerAppeal(db, request, shopperId)),
    handle(opsSetRiskRule, (request, { shopperId }) => setRule(db, request, shopperId)),
    handle(opsSetRiskMode, (request, { shopperId }) => setMode(db, request, shopperId)),
    handle(opsCloseRiskGate, (request, { shopperId }) => closeRiskGate(db, request, shopperId)),
    handle(opsLiftRiskGate, (request, { shopperId }) => liftRiskGate(db, request, shopperId)),
    handle(opsQuarantine, async (request) => accept(await listQuarantine(db, request))),
    handle(opsSettleNotice, (request, { shopperId }) => settleNotice(db, request, operatorActor(shopperId))),
    handle(opsReconciliation, async () => accept(await reconcile(db))),
    handle(opsStock, async (request) => accept(await listStock(db, request))),
    handle(opsAdjustStock, async (request, { shopperId }) => {
      if (request.delta === 0) {
        return refuse({ code: 'invalid_input', issues: [{ path: 'delta', message: 'not 0' }] });
      }
      return adjustStock(db, request, operatorActor(shopperId));
    }),
    handle(opsTransfers, async (request) => accept(await listTransfers(db, request))),
    handle(opsSaveLocation, (request, { shopperId }) => saveLocation(db, request, operatorActor(shopperId))),
    handle(opsSendTransfer, (request, { shopperId }) => sendTransfer(db, request, operatorActor(shopperId))),
    handle(opsEndTransfer, (request, { shopperId }) => endTransfer(db, request, operatorActor(shopperId))),
    handle(opsStores, async (request) => accept(await listStores(db, request))),
    handle(opsStoreStock, async (request) => accept(await listStoreStock(db, request))),
    handle(opsSetStoreState, (request, { shopperId }) => setStoreState(db, request, operatorActor(shopperId))),
    handle(opsSaveStoreHours, (request, { shopperId }) => saveStoreHours(db, request, operatorActor(shopperId))),
    handle(opsSaveStoreDate, (request, { shopperId }) => saveStoreDate(db, request, operatorActor(shopperId))),
    handle(opsSaveHoliday, (request, { shopperId }) => saveHoliday(db, request, operatorActor(shopperId))),
    handle(opsSessions, async () => accept(await listSessions(db))),
    handle(opsSaveSession, (request, { shopperId }) => saveSession(db, request, operatorActor(shopperId))),
    handle(opsMessages, async (request) => accept(await listMessages(db, request))),
  ];
}
