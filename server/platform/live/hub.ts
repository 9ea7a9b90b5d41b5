import { heartbeat } from '../../../lib/contracts/live.ts';
import type { Log } from '../log.ts';
import type { Board, Have } from './board.ts';
import type { LiveLimits } from './limits.ts';
import type { LiveMetrics } from './metrics.ts';
import { backlogOf, type Encoded, encodeEvent, type RawSocket, writeFrame } from './wire.ts';

/** One phone in the hub. */
export type Member = {
  readonly ws: RawSocket;
  shelves: readonly string[];
  isBackground: boolean;
  /** Shelves whose frame was left out because the phone was slow; a snapshot is owed. */
  owed: Set<string> | null;
};

type Watchers = { readonly front: Set<Member>; readonly back: Set<Member>; isBackDue: boolean };

export type HubStats = {
  readonly members: number;
  readonly ticks: number;
  readonly frames: number;
  readonly stale: number;
  readonly lastSweepMs: number;
  readonly periodMs: number;
};

export type Hub = {
  add(ws: RawSocket): Member;
  remove(member: Member): void;
  /** Sets what this phone looks at, and sends what it lacks. @returns the shelves that exist. */
  watch(
    member: Member,
    wanted: readonly { readonly id: string; readonly have?: Have | undefined }[],
    isBackground: boolean,
  ): string[];
  stats(): HubStats;
  stop(): void;
};

export type HubDeps = {
  readonly board: Board;
  readonly limits: LiveLimits;
  readonly metrics: LiveMetrics;
  readonly log: Log;
  /** Whether finished frames can be written as they are (`canSendFrames`). */
  readonly isFast: boolean;
};

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Writes each changed shelf's frame, encoded once, to every phone on that shelf, ten times a second at most. A phone
 * that has not taken its last frame is left out and gets one snapshot when it has; nothing is queued for it.
 */
export function startHub({ board, limits, metrics, log, isFast }: HubDeps): Hub {
  const members = new Set<Member>();
  const watchers = new Map<string, Watchers>();
  const owing = new Set<Member>();
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let [ticks, frames, stale, lastSweepMs, periodMs] = [0, 0, 0, 0, limits.tickMs as number];
  let [nextHeartbeatAt, nextBackgroundAt] = [0, 0];
  let sinceBreath = 0;
  let nextTickAt = performance.now() + limits.tickMs;

  board.watchedWhere((shelf) => watchers.has(shelf));

  function leave(member: Member): void {
    for (const shelf of member.shelves) {
      const set = watchers.get(shelf);
      if (!set) continue;
      set.front.delete(member);
      set.back.delete(member);
      if (set.front.size + set.back.size === 0) watchers.delete(shelf);
    }
    member.shelves = [];
    member.owed = null;
    owing.delete(member);
  }

  function owe(member: Member, shelf: string): void {
    stale += 1;
    member.owed ??= new Set();
    member.owed.add(shelf);
    owing.add(member);
  }

  function deliver(member: Member, shelf: string, frame: Encoded): void {
    const { ws } = member;
    if (ws.readyState !== ws.OPEN) return;
    if (member.owed?.has(shelf) || backlogOf(ws) > 0) {
      owe(member, shelf);
      return;
    }
    writeFrame(ws, frame, isFast);
    frames += 1;
  }

  /** Sends the snapshots that are owed to phones that have caught up. */
  function settle(member: Member): void {
    for (const shelf of member.owed ?? []) {
      if (backlogOf(member.ws) > 0 || member.ws.readyState !== member.ws.OPEN) return;
      member.owed!.delete(shelf);
      const whole = board.snapshot(shelf);
      if (whole) writeFrame(member.ws, whole.encoded, isFast);
      frames += 1;
    }
    member.owed = null;
    owing.delete(member);
  }

  async function forEach(set: Set<Member>, work: (member: Member) => void): Promise<void> {
    for (const member of set) {
      work(member);
      sinceBreath += 1;
      if (sinceBreath < limits.chunk) continue;
      sinceBreath = 0;
      await breathe();
    }
  }

  async function sweep(startedAt: number): Promise<void> {
    sinceBreath = 0;
    await forEach(owing, settle);
    for (const { shelf, encoded } of board.collect()) {
      const set = watchers.get(shelf);
      if (!set) continue;
      set.isBackDue = set.back.size > 0;
      await forEach(set.front, (member) => deliver(member, shelf, encoded));
    }
    if (startedAt >= nextBackgroundAt) {
      nextBackgroundAt = startedAt + limits.backgroundTickMs;
      for (const [shelf, set] of watchers) {
        if (!set.isBackDue) continue;
        set.isBackDue = false;
        const whole = board.snapshot(shelf)!;
        await forEach(set.back, (member) => deliver(member, shelf, whole.encoded));
      }
    }
    if (startedAt >= nextHeartbeatAt) {
      nextHeartbeatAt = startedAt + limits.heartbeatMs;
      const beat = encodeEvent(heartbeat.event, { now: Date.now() });
      await forEach(members, ({ ws }) => {
        if (ws.readyState === ws.OPEN && backlogOf(ws) === 0) writeFrame(ws, beat, isFast);
      });
    }
  }

  async function tick(): Promise<void> {
    const startedAt = performance.now();
    const [framesBefore, staleBefore] = [frames, stale];
    try {
      await sweep(startedAt);
    } catch (error) {
      log.error({ err: error }, 'a live tick failed');
    }
    ticks += 1;
    lastSweepMs = performance.now() - startedAt;
    // A sweep takes half of the loop's time at most: handshakes, acks and payments need the other half.
    periodMs = Math.max(limits.tickMs, lastSweepMs * 2);
    metrics.sweepSeconds.observe(lastSweepMs / 1_000);
    metrics.periodSeconds.set(periodMs / 1_000);
    metrics.frames.inc(frames - framesBefore);
    metrics.stale.inc(stale - staleBefore);
    // On a grid, so that late timers do not add up.
    const now = performance.now();
    nextTickAt = Math.max(now, nextTickAt + limits.tickMs, startedAt + lastSweepMs * 2);
    if (!isStopped) timer = setTimeout(tick, nextTickAt - now);
  }
  timer = setTimeout(tick, limits.tickMs);

  return {
    add(ws) {
      const member: Member = { ws, shelves: [], isBackground: false, owed: null };
      members.add(member);
      return member;
    },
    remove(member) {
      leave(member);
      members.delete(member);
    },
    watch(member, wanted, isBackground) {
      const known = wanted.filter(({ id }) => board.hasShelf(id));
      // Asked before leaving: a shelf's saved-up changes may be told outside the tick only if nobody else looks.
      const missing = known.map(({ id, have }) => ({ id, frames: board.resume(id, have) }));
      leave(member);
      member.isBackground = isBackground;
      member.shelves = [...new Set(known.map(({ id }) => id))];
      for (const id of member.shelves) {
        let set = watchers.get(id);
        if (!set) {
          set = { front: new Set(), back: new Set(), isBackDue: false };
          watchers.set(id, set);
        }
        (isBackground ? set.back : set.front).add(member);
      }
      for (const { id, frames: list } of missing) for (const frame of list) deliver(member, id, frame);
      return [...member.shelves];
    },
    stats: () => ({ members: members.size, ticks, frames, stale, lastSweepMs, periodMs }),
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
