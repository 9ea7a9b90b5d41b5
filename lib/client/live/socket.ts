import type { Socket } from 'socket.io-client';
import type * as live from '../../contracts/live.ts';
import { reconnectDelayMs } from '../../domain/live/reconnect.ts';
import { call, pageLocale } from '../api.ts';

/*
 * The one socket of a page. It opens when somebody needs it and the page has been painted; it comes back by itself,
 * spread over the window that the server asked for; it is closed while the page sleeps.
 */

type Broadcasts = typeof live.liveBroadcasts;
type Commands = typeof live.liveCommands;
type PayloadOf<E> = {
  [K in keyof Broadcasts]: Broadcasts[K] extends { event: E } ? Broadcasts[K] : never;
}[keyof Broadcasts];
type CommandOf<E> = { [K in keyof Commands]: Commands[K] extends { event: E } ? Commands[K] : never }[keyof Commands];
type Output<S> = S extends { _zod: { output: infer O } } ? O : never;

/** What the server tells, by event name. */
type LiveNews = { [E in Broadcasts[keyof Broadcasts]['event']]: Output<PayloadOf<E>['payload']> };
/** What happens to the socket itself. `unreachable`: it could not be opened twice in a row. */
type LiveStates = { open: undefined; closed: undefined; unreachable: undefined };
type LiveEvents = LiveNews & LiveStates;
type CommandName = Commands[keyof Commands]['event'];

const NEWS: readonly (keyof LiveNews)[] = [
  'stock:changed',
  'stock:snapshot',
  'live:heartbeat',
  'live:welcomed',
  'order:moved',
  'waitlist:moved',
  'team:changed',
  'packet:changed',
  'studio:changed',
];
const OPEN_MS_MAX = 8_000;
const ANSWER_MS_MAX = 5_000;
/** A page that nobody sees gives its place on the server back after this. */
const HIDDEN_MS_MAX = 60_000;
const ATTEMPTS_UNTIL_UNREACHABLE = 2;

const listeners = new Map<string, Set<(payload: never) => void>>();
let socket: Socket | null = null;
let isStarted = false;
let isOpening = false;
let attempt = 0;
let spreadMs = 2_000;
let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

/** Hears one kind of news, or of the socket's own state, until the returned function is called. */
export function onLive<E extends keyof LiveEvents>(event: E, listener: (payload: LiveEvents[E]) => void): () => void {
  const set = listeners.get(event) ?? new Set();
  listeners.set(event, set);
  set.add(listener);
  return () => set.delete(listener);
}

function tell<E extends keyof LiveEvents>(event: E, payload: LiveEvents[E]): void {
  for (const listener of listeners.get(event) ?? []) (listener as (payload: LiveEvents[E]) => void)(payload);
}

export function isLiveOpen(): boolean {
  return socket?.connected === true;
}

/** The acknowledgement of anything that is sent up; null when the socket is not open or none came in 5 s. */
export async function sendLive(event: string, request: unknown) {
  try {
    return (await socket?.timeout(ANSWER_MS_MAX).emitWithAck(event, request)) ?? null;
  } catch {
    return null;
  }
}

/** Asks over the socket; null when it is not open, when no answer came in 5 s, or when it was refused. */
export async function askLive<E extends CommandName>(
  event: E,
  request: Output<CommandOf<E>['request']>,
): Promise<Output<CommandOf<E>['reply']> | null> {
  const answer = isLiveOpen() ? await sendLive(event, request) : null;
  return answer?.ok ? answer.value : null;
}

/** Opens the socket once the page is idle. Called by whoever shows live numbers; any number of times. */
export function startLive(): void {
  if (isStarted) return;
  isStarted = true;
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', () => comeBack());
  // An open socket would keep the page out of the back-forward cache.
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', (event) => event.persisted && comeBack());
  const open = () => void openSocket();
  if ('requestIdleCallback' in window) requestIdleCallback(open, { timeout: 3_000 });
  else setTimeout(open, 1_500);
}

function schedule(): void {
  clearTimeout(reconnectTimer);
  reconnectTimer = setTimeout(openSocket, reconnectDelayMs(attempt, spreadMs, Math.random()));
}

/** Something speaks for trying now: the network is back, or somebody looks. With jitter: it may be so for many. */
function comeBack(): void {
  if (socket?.connected || isOpening) return;
  attempt = 0;
  schedule();
}

/** Another person uses this browser now: opens the socket anew, in his name. */
export function renewLive(): void {
  if (!socket?.connected) return;
  socket.disconnect();
  comeBack();
}

function leave(): void {
  clearTimeout(reconnectTimer);
  socket?.disconnect();
}

function onVisibility(): void {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(leave, HIDDEN_MS_MAX);
  else comeBack();
}

function onFailure(): void {
  isOpening = false;
  attempt += 1;
  if (attempt >= ATTEMPTS_UNTIL_UNREACHABLE) tell('unreachable', undefined);
  schedule();
}

async function openSocket(): Promise<void> {
  if (isOpening || socket?.connected || document.hidden) return;
  isOpening = true;
  try {
    socket ??= await makeSocket();
    const answer = await call('live-ticket', {}, { attemptsMax: 1 });
    if (!answer.ok) return onFailure();
    // The page's language: a socket has no header for it.
    socket.io.opts.query = { ticket: answer.value.ticket, locale: pageLocale() };
    socket.connect();
  } catch {
    // The script could not be loaded: the network, most likely.
    onFailure();
  }
}

async function makeSocket(): Promise<Socket> {
  const { io } = await import('socket.io-client');
  const made = io({ transports: ['websocket'], autoConnect: false, reconnection: false, timeout: OPEN_MS_MAX });
  made.on('connect', () => {
    isOpening = false;
    tell('open', undefined);
  });
  made.on('connect_error', onFailure);
  made.on('disconnect', (reason) => {
    isOpening = false;
    tell('closed', undefined);
    if (reason !== 'io client disconnect') schedule();
  });
  made.on('live:welcomed', (payload: LiveNews['live:welcomed']) => {
    spreadMs = payload.spreadMs;
  });
  // Only a socket that has lived counts as a success: one that is thrown out at once goes on backing off.
  made.on('live:heartbeat', () => {
    attempt = 0;
  });
  for (const event of NEWS) made.on(event, (payload) => tell(event, payload));
  return made;
}
