import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { opsOrders, opsPack, opsReceive, opsShip } from '../../lib/contracts/ops.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { StoredOrder } from '../order/order-book.ts';
import { type OrderService, toShown } from '../order/service.ts';
import { maskRecipient } from '../outreach/message-port.ts';
import type { Database } from '../platform/database.ts';
import { audit } from './audit.ts';

const PAGE = 50;

type OpsOrder = ValueOf<typeof opsOrders>['orders'][number];
type Log = OpsOrder['log'][number];
type OneOrder = AnswerOf<typeof opsShip>;

/** An operator in the logs of orders: `operator:<person id>`. */
export function operatorActor(personId: string): string {
  return `operator:${personId}`;
}

export function opsOrderDesk({ db, orders }: { db: Database; orders: OrderService }) {
  /** Adds what only the people behind the counter see: whose it is, and who moved it. */
  async function dress(found: readonly StoredOrder[]): Promise<OpsOrder[]> {
    if (found.length === 0) return [];
    const people = await db.query<{ id: string; name: string; phone: string | null; isDemo: boolean }>(
      `select id, trim(display_name) as name, phone_number as phone, is_demo as "isDemo" from person where id = any ($1)`,
      [found.map(({ shopperId }) => shopperId)],
    );
    const log = await db.query<{
      orderId: string;
      at: Date;
      from: string | null;
      to: string;
      by: string;
      reason: string | null;
    }>(
      `select l.order_id as "orderId", l.at, l.from_state as "from", l.to_state as "to", l.reason,
         coalesce(nullif(trim(p.display_name), ''), l.actor) as by
       from order_log l left join person p on l.actor ~ '^(operator|clerk):' and p.id = split_part(l.actor, ':', 2)
       where l.order_id = any ($1) order by l.order_id, l.step`,
      [found.map(({ id }) => id)],
    );
    const personOf = new Map(people.map((person) => [person.id, person]));
    return found.map((order) => {
      const person = personOf.get(order.shopperId);
      const shopperName = person?.name || (person?.phone ? maskRecipient(person.phone) : '');
      const ownLog: Log[] = log.flatMap(({ orderId, at, ...step }) =>
        orderId === order.id ? [{ ...step, at: at.getTime() }] : [],
      );
      return { ...toShown(order), shopperName, isDemo: person?.isDemo ?? false, log: ownLog };
    });
  }

  async function read(id: string): Promise<OpsOrder | null> {
    const order = await orders.book.read(id);
    const [dressed] = order ? await dress([order]) : [];
    return dressed ?? null;
  }

  /** One move by an operator. A repeat of a move that has happened is answered as the first time. */
  async function move(
    id: string,
    to: OrderState,
    by: {
      personId: string;
      action: string;
      from: OrderState;
      reason?: string;
      fields?: { carrier: string; tracking_number: string };
    },
  ): Promise<OneOrder> {
    const { personId, action, from, reason, fields } = by;
    const actor = operatorActor(personId);
    const moved = await orders.advance(id, to, {
      actor,
      from: [from],
      also: (tx) => audit(tx, { actor, action, target: id, detail: { to, reason, ...fields } }),
      ...(reason ? { reason } : {}),
      ...(fields ? { fields } : {}),
    });
    if (!moved.ok) return moved;
    const order = await read(id);
    return order ? accept({ order }) : refuse({ code: 'not_found' });
  }

  return {
    read,

    async list({ state, search, before }: RequestOf<typeof opsOrders>): Promise<ValueOf<typeof opsOrders>> {
      const wanted = search?.trim();
      const found = await orders.book.list({
        limit: PAGE + 1,
        ...(state ? { states: [state] } : {}),
        ...(wanted ? { search: wanted } : {}),
        ...(before ? { before } : {}),
      });
      const counts = await db.query<{ state: string; count: number }>(
        'select state, count(*) as count from orders group by state',
      );
      const page = await dress(found.slice(0, PAGE));
      return {
        orders: page,
        nextBefore: found.length > PAGE ? (page.at(-1)?.id ?? null) : null,
        counts: Object.fromEntries(counts.map((row) => [row.state, row.count])),
      };
    },

    async pack({ id }: RequestOf<typeof opsPack>, personId: string): Promise<AnswerOf<typeof opsPack>> {
      const packed = await move(id, 'packed', { personId, action: 'ops.pack', from: 'paid' });
      if (packed.ok || packed.refusal.code !== 'order_cannot_move' || packed.refusal.state !== 'paid') return packed;
      const { review } = (await orders.book.read(id)) ?? {};
      return review
        ? refuse({ code: 'order_in_review', until: review.state === 'held' ? review.until : null })
        : packed;
    },

    async ship(request: RequestOf<typeof opsShip>, personId: string): Promise<OneOrder> {
      const { id, carrier, trackingNumber } = request;
      const fields = { carrier, tracking_number: trackingNumber };
      const shipped = await move(id, 'shipped', { personId, action: 'ops.ship', from: 'packed', fields });
      // Shipped before under another number: that is not this command's repeat.
      if (shipped.ok && shipped.value.order.trackingNumber !== trackingNumber) {
        return refuse({ code: 'order_cannot_move', state: 'shipped' });
      }
      return shipped;
    },

    receive: ({ id }: RequestOf<typeof opsReceive>, personId: string) =>
      move(id, 'received', { personId, action: 'ops.receive', from: 'shipped' }),
  };
}

export type OpsOrderDesk = ReturnType<typeof opsOrderDesk>;
