import type { Order } from '../../lib/contracts/order.ts';
import type { RequestedLine, RequestKind, RequestState } from '../../lib/domain/order/refund-request.ts';
import type { Result } from '../../lib/domain/result.ts';
import type { Queryable } from '../platform/database.ts';

export type AskedRequest = {
  /** Made by the phone: the same id twice is one request. */
  readonly requestId: string;
  readonly orderId: string;
  readonly kind: RequestKind;
  readonly reason: string;
  /** Null: all units that are left. */
  readonly lines: readonly RequestedLine[] | null;
  /** The worker asks because the goods were not fetched in time. */
  readonly isExpiry?: boolean;
  /** Written in the request's own transaction. */
  readonly also?: (tx: Queryable) => Promise<void>;
};

export type AskRefusal =
  | { code: 'not_found' }
  | { code: 'key_reused' }
  | { code: 'order_cannot_move'; state: Order['state'] }
  | { code: 'too_many_units'; lineNumber: number; left: number }
  | { code: 'return_window_over' }
  | { code: 'held_at_store'; until: number };

export type RequestMove = {
  readonly orderId: string;
  readonly requestId: string;
  readonly to: RequestState;
  /** Only from these; else from any that the table knows. */
  readonly from?: readonly RequestState[];
  readonly actor: string;
  readonly answer?: string;
  readonly restock?: boolean;
  readonly parcel?: { readonly carrier: string; readonly trackingNumber: string };
  /** Written in the move's own transaction, when it has moved. */
  readonly also?: (tx: Queryable) => Promise<void>;
};

export type MoveRefusal = { code: 'not_found' } | { code: 'request_cannot_move'; state: RequestState };

/**
 * The one place that writes refunds and returns of orders, with the money and the goods that follow from them.
 *
 * Every call locks the order first and is one guarded transaction; every call may be sent twice, and the second time
 * changes nothing and is accepted.
 */
export interface RefundBook {
  ask(wanted: AskedRequest, actor: string): Promise<Result<null, AskRefusal>>;
  /**
   * One move of the request's table; the order moves with it where it must. To `refunding`: the money is on its way
   * back by the payment room's worker, with retries.
   */
  move(move: RequestMove): Promise<Result<null, MoveRefusal>>;
  /** The money of a request has gone back: units, limits and tier places are free again. Once; false when it was done. */
  finish(requestId: string): Promise<boolean>;
}
