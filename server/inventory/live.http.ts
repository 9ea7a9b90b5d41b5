import { liveTicketRead, stockRead, timeRead } from '../../lib/contracts/live.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import { handle, type Route } from '../platform/door.ts';
import type { Board } from '../platform/live/board.ts';
import { LIVE_LIMITS } from '../platform/live/limits.ts';
import { createTickets } from '../platform/live/tickets.ts';

type LiveRoutesDeps = { readonly board: Board; readonly config: { readonly secret: string } };

/** What the live edge answers by HTTP: the ticket, the shelf for who cannot open a socket, and the time. */
export function liveRoutes({ board, config }: LiveRoutesDeps): Route[] {
  const tickets = createTickets(config.secret, LIVE_LIMITS.ticketMs);
  return [
    handle(liveTicketRead, async (_request, { isLoadIdentity }) =>
      accept(tickets.issue(isLoadIdentity ? 'load' : 'visitor', toEpochMs(Date.now()))),
    ),
    handle(stockRead, async ({ shelf }) => {
      const whole = board.snapshot(shelf);
      if (!whole) return refuse({ code: 'not_found' });
      const [id, epoch, version, cells] = whole.frame;
      return accept({ frame: [id, epoch, version, [...cells]], asOf: toEpochMs(Date.now()) });
    }),
    handle(timeRead, async (_request, { now }) => accept({ receivedAt: now, sentAt: Date.now() })),
  ];
}
