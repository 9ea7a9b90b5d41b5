import type * as live from '../../contracts/live.ts';
import type { RequestNamed } from '../../contracts/named.ts';
import { call } from '../api.ts';
import type { AnswerNamed } from '../wire.ts';
import { isLiveOpen, sendLive } from './socket.ts';

/** A command that may go up over the open socket. */
export type LiveCommandName = (typeof live.liveHttpCommands)[number];

/** The server takes messages of 4 KB; the event's name and its frame need some of it. */
const TEXT_MAX = 3_800;

/** Refusals that say something about this socket, not about the command: its session may be older than the page's. */
const OF_THE_SOCKET = new Set(['not_found', 'login_required', 'phone_required', 'forbidden', 'invalid_input']);

/** What a command says besides when it is sent again; the door takes nothing that a contract does not name. */
export function saysAgain(name: LiveCommandName): object {
  return name === 'order.submit' ? { isAgain: true } : {};
}

/**
 * Sends a contested command over the open socket, where it costs both sides least, and over HTTP when there is none, when
 * it is too long, or when no answer came: with the same key, so that it is done once; an order also says that it is sent
 * again, so that what is refused now is refused for good (docs/adr/0006).
 *
 * @returns what `call` does
 */
export async function callLive<N extends LiveCommandName>(name: N, request: RequestNamed<N>): Promise<AnswerNamed<N>> {
  const isShort = new TextEncoder().encode(JSON.stringify(request)).length <= TEXT_MAX;
  const isLive = isShort && isLiveOpen();
  const answer = isLive ? ((await sendLive(name, request)) as AnswerNamed<N> | null) : null;
  if (answer && (answer.ok || !OF_THE_SOCKET.has((answer.refusal as { code: string }).code))) return answer;
  const again = saysAgain(name);
  return call(name, isLive && !answer ? Object.assign({}, request, again) : request, { whenAgain: again });
}
