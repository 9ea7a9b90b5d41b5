/*
 * Phones at a real edge, in a process of their own: each has a connection of its own for commands, and those that look
 * at a team have a socket. Arguments: port of the edge, its secret.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { type TeamRoom, teamChanged, teamJoin, teamWatch } from '../../../lib/contracts/team.ts';
import { toEpochMs } from '../../../lib/domain/time.ts';
import { issueLoadIdentity } from '../../../server/identity/load-identity.ts';
import { LIVE_LIMITS } from '../../../server/platform/live/limits.ts';
import { createTickets } from '../../../server/platform/live/tickets.ts';
import { History } from '../../faults/history.ts';
import { Phone } from '../../faults/phone.ts';
import { answerParent } from '../live/shared.ts';

export type PhonesAsk =
  /** So many verified people more. */
  | { do: 'sign-in'; count: number }
  /** All join at once; each is timed from his sending to his answer. */
  | { do: 'rush'; code: string; from: number; count: number }
  /** The page of a team is open on this phone. */
  | { do: 'watch'; pages: { phone: number; code: string }[] }
  /** Joins one after the other, so many a second; each page of a team is timed from the sending to the picture. */
  | { do: 'join'; joins: { phone: number; code: string }[]; perSecond: number };

export type PhonesAnswer = {
  readonly people: string[];
  readonly outcomes: Record<string, number>;
  readonly latencies: number[];
  /** Pictures that should have come and did not. */
  readonly missing: number;
};

const [port, secret] = [Number(process.argv[2]), process.argv[3] ?? ''];
const WAVE = 25;
const MISSING_MS = 5_000;
const identity = issueLoadIdentity(secret, Date.now() + 3_600_000);
const tickets = createTickets(secret, LIVE_LIMITS.ticketMs);
const history = new History(null);
const phones: Phone[] = [];
/** Pages of each team. */
const pages = new Map<string, Socket[]>();
type Expected = { readonly places: number; readonly seen: (at: number) => void };
/** Pictures that a page waits for: the first with so many places taken. */
const awaited = new Map<Socket, Expected[]>();

function onPicture(socket: Socket, places: number): void {
  const at = performance.now();
  const waiting = awaited.get(socket) ?? [];
  awaited.set(
    socket,
    waiting.filter((one) => one.places > places),
  );
  for (const one of waiting) if (one.places <= places) one.seen(at);
}

/** ms from `sentAt` until this page shows so many places, or null when it does not. */
function untilShown(socket: Socket, places: number, sentAt: number): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), MISSING_MS);
    const seen = (at: number) => {
      clearTimeout(timer);
      resolve(at - sentAt);
    };
    awaited.set(socket, [...(awaited.get(socket) ?? []), { places, seen }]);
  });
}

async function signIn(count: number): Promise<string[]> {
  const fresh = Array.from({ length: count }, (_, n) => new Phone(phones.length + n, [port], identity));
  phones.push(...fresh);
  for (let from = 0; from < count; from += WAVE) {
    const wave = fresh.slice(from, from + WAVE);
    await Promise.all(wave.map((phone) => phone.signIn(`153${String(phone.number).padStart(8, '0')}`, history)));
  }
  return fresh.map(({ shopperId }) => shopperId);
}

const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal.code;

async function rush(code: string, from: number, count: number) {
  const outcomes: Record<string, number> = {};
  const latencies: number[] = [];
  const asked = phones.slice(from, from + count).map(async (phone) => {
    const sentAt = performance.now();
    const answer = await phone.send(teamJoin, { key: randomUUID(), code });
    latencies.push(performance.now() - sentAt);
    outcomes[codeOf(answer)] = (outcomes[codeOf(answer)] ?? 0) + 1;
  });
  await Promise.all(asked);
  return { outcomes, latencies };
}

async function watch(wanted: readonly { phone: number; code: string }[]): Promise<void> {
  for (let from = 0; from < wanted.length; from += WAVE) {
    const opened = wanted.slice(from, from + WAVE).map(async ({ code }) => {
      const socket = io(`http://127.0.0.1:${port}`, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        query: { ticket: tickets.issue('load', toEpochMs(Date.now())).ticket },
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      socket.on(teamChanged.event, (room: TeamRoom) => onPicture(socket, room.places.length));
      const answer = await socket.emitWithAck(teamWatch.event, { code });
      if (!answer.ok) throw new Error(`not watched: ${JSON.stringify(answer)}`);
      pages.set(code, [...(pages.get(code) ?? []), socket]);
    });
    await Promise.all(opened);
  }
}

async function join(joins: readonly { phone: number; code: string }[], perSecond: number) {
  const outcomes: Record<string, number> = {};
  const latencies: number[] = [];
  let missing = 0;
  const taken = new Map<string, number>();
  const startedAt = performance.now();
  const all = joins.map(async ({ phone, code }, index) => {
    const places = (taken.get(code) ?? 1) + 1;
    taken.set(code, places);
    await pause(Math.max(0, startedAt + (index * 1_000) / perSecond - performance.now()));
    const sentAt = performance.now();
    const pictures = (pages.get(code) ?? []).map((socket) => untilShown(socket, places, sentAt));
    const answer = await (phones[phone] as Phone).send(teamJoin, { key: randomUUID(), code });
    outcomes[codeOf(answer)] = (outcomes[codeOf(answer)] ?? 0) + 1;
    for (const ms of await Promise.all(pictures)) {
      if (ms === null) missing += 1;
      else latencies.push(ms);
    }
  });
  await Promise.all(all);
  return { outcomes, latencies, missing };
}

answerParent<PhonesAsk>(async (ask): Promise<PhonesAnswer> => {
  const nothing = { people: [], outcomes: {}, latencies: [], missing: 0 };
  switch (ask.do) {
    case 'sign-in':
      return { ...nothing, people: await signIn(ask.count) };
    case 'rush':
      return { ...nothing, ...(await rush(ask.code, ask.from, ask.count)) };
    case 'watch':
      await watch(ask.pages);
      return nothing;
    case 'join':
      return { ...nothing, ...(await join(ask.joins, ask.perSecond)) };
  }
});
process.send?.({ port: 0 });
