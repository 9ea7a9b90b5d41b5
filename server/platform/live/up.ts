import * as z from 'zod/mini';
import { clockSample, shelfSnapshot, shelfWatch } from '../../../lib/contracts/live.ts';
import { packetWatch } from '../../../lib/contracts/packet.ts';
import { studioWatch } from '../../../lib/contracts/studio-graph.ts';
import { teamWatch } from '../../../lib/contracts/team.ts';
import { accept, refuse } from '../../../lib/domain/result.ts';
import type { Caller } from '../door.ts';
import type { Board } from './board.ts';
import type { Hub, Member } from './hub.ts';
import type { LiveMetrics } from './metrics.ts';
import type { Rooms } from './rooms.ts';

type UpDeps = {
  readonly board: Board;
  readonly hub: Hub;
  readonly rooms: Rooms;
  readonly metrics: LiveMetrics;
  /** Answers a command of the HTTP wire; null: there is none of this name. */
  readonly ask?: ((name: string, given: unknown, caller: Caller) => Promise<object> | null) | undefined;
  /** The campaign whose live room a marketer's key opens; null: it opens none. */
  readonly campaignOf?: ((room: string) => string | null) | undefined;
};

type Refusal =
  | { readonly code: 'not_found' }
  | { readonly code: 'invalid_input'; readonly issues: { readonly path: string; readonly message: string }[] };

/** One event up: its schema, and what answers it. */
type Up<S extends z.ZodMiniType> = {
  readonly request: S;
  readonly answer: (request: z.output<S>, member: Member, receivedAt: number) => unknown;
};

/** The live room of a packet; a team's is its code alone. */
export const packetRoom = (code: string): string => `packet:${code}`;

/** The live room of a campaign of sharing, for marketers. */
export const studioRoom = (campaignId: string): string => `studio:${campaignId}`;

function up<S extends z.ZodMiniType>(entry: Up<S>): Up<z.ZodMiniType> {
  return entry as unknown as Up<z.ZodMiniType>;
}

/**
 * Answers every event that a phone sends. An acknowledgement is `{ok:true, value}` or `{ok:false, refusal}`, as on
 * HTTP: `not_found` for an event that does not exist, `invalid_input` for content its schema does not know.
 */
export function createUp({ board, hub, rooms, metrics, ask, campaignOf }: UpDeps) {
  const events: Record<string, Up<z.ZodMiniType>> = {
    [shelfWatch.event]: up({
      request: shelfWatch.request,
      answer: ({ shelves, background }, member) => ({
        watching: hub.watch(member, shelves, background === true),
      }),
    }),
    [shelfSnapshot.event]: up({
      request: shelfSnapshot.request,
      answer: ({ id }) => ({ frame: board.snapshot(id)?.frame ?? null }),
    }),
    [clockSample.event]: up({
      request: clockSample.request,
      answer: (_request, _member, receivedAt) => ({ receivedAt, sentAt: Date.now() }),
    }),
    [teamWatch.event]: up({
      request: teamWatch.request,
      answer: ({ code }, member) => {
        rooms.enter(member, code);
        return { watching: code !== null };
      },
    }),
    [packetWatch.event]: up({
      request: packetWatch.request,
      answer: ({ code }, member) => {
        rooms.enter(member, code === null ? null : packetRoom(code));
        return { watching: code !== null };
      },
    }),
    [studioWatch.event]: up({
      request: studioWatch.request,
      answer: ({ room }, member) => {
        const campaignId = room === null ? null : (campaignOf?.(room) ?? null);
        rooms.enter(member, campaignId === null ? null : studioRoom(campaignId));
        return { watching: campaignId !== null };
      },
    }),
  };

  function decide(member: Member, event: string, payload: unknown, receivedAt: number) {
    const entry = Object.hasOwn(events, event) ? events[event] : undefined;
    if (!entry) return refuse<Refusal>({ code: 'not_found' });
    const parsed = z.safeParse(entry.request, payload);
    if (parsed.success) return accept(entry.answer(parsed.data, member, receivedAt));
    const issues = parsed.error.issues.slice(0, 5);
    return refuse<Refusal>({
      code: 'invalid_input',
      issues: issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  }

  return function onEvent(member: Member, event: string, args: readonly unknown[], caller: Caller): void {
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (answer: unknown) => void) : null;
    const given = acknowledge && args.length === 1 ? undefined : args[0];
    // Without an acknowledgement nobody would hear what became of a command: it is none.
    const coming = acknowledge && !Object.hasOwn(events, event) ? ask?.(event, given, caller) : null;
    if (coming) {
      void coming.then(acknowledge);
      return;
    }
    const answer = decide(member, event, given, Date.now());
    if (!answer.ok) metrics.refusedMessages.inc({ code: answer.refusal.code });
    acknowledge?.(answer);
  };
}
