import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pick, type Random } from '../crowd/random.ts';

/*
 * A bad line in front of an edge. Every connection gets one habit when it opens:
 *
 * - clean: passes everything, for a while
 * - slow:  each piece waits a latency with jitter, both ways
 * - drip:  replies come in crumbs
 * - cut:   the reply ends after some bytes, none included: the edge has committed, the phone cannot know
 * - reset: the line breaks when a command is sent, before or after the edge has got it
 */
const HABITS = ['clean', 'clean', 'clean', 'slow', 'drip', 'cut', 'cut', 'reset'] as const;
type Habit = (typeof HABITS)[number];

export type FaultProxy = {
  readonly port: number;
  /** What went wrong on purpose so far. */
  readonly done: Record<Exclude<Habit, 'clean'>, number>;
  /** Off: every new connection is clean, and the others are closed. */
  setFaulty(isFaulty: boolean): void;
  close(): Promise<void>;
};

/** Passes pieces on, each after `waitMs()` and none before the one that came before it. */
function delayed(to: Socket, waitMs: () => number): (piece: Buffer) => void {
  const waiting: Buffer[] = [];
  let freeAt = 0;
  return (piece) => {
    const now = performance.now();
    freeAt = Math.max(freeAt, now + waitMs());
    waiting.push(piece);
    // Two timers may fire in the wrong order; the pieces leave in the right one.
    setTimeout(() => {
      const next = waiting.shift();
      if (next && to.writable) to.write(next);
    }, freeAt - now);
  };
}

function misbehave(phone: Socket, edge: Socket, habit: Habit, random: Random, done: FaultProxy['done']): void {
  const breakBoth = () => {
    phone.resetAndDestroy();
    edge.destroy();
  };
  if (habit !== 'clean') done[habit] += 1;
  let commands = 1 + Math.floor(random() * (habit === 'clean' ? 400 : 12));
  const baseMs = random() * 15;
  const up = habit === 'slow' ? delayed(edge, () => baseMs + random() * 30) : (piece: Buffer) => edge.write(piece);
  const drip = delayed(phone, () => 1);
  const down = habit === 'slow' ? delayed(phone, () => baseMs + random() * 30) : (piece: Buffer) => phone.write(piece);
  phone.on('data', (piece: Buffer) => {
    commands -= 1;
    if (commands > 0 || habit === 'cut' || habit === 'drip') return up(piece);
    if (habit === 'reset' && random() < 0.5) return breakBoth();
    up(piece);
    // Sent and gone: the edge works on it, nobody hears the answer.
    if (habit === 'reset') setTimeout(breakBoth, random() * 4);
    else if (habit === 'clean') breakBoth();
  });
  edge.on('data', (piece: Buffer) => {
    if (habit === 'cut' && commands <= 0) {
      const kept = piece.subarray(0, Math.floor(random() * piece.length));
      phone.write(kept, breakBoth);
    } else if (habit === 'drip') {
      for (let at = 0; at < piece.length; at += 64) {
        drip(piece.subarray(at, at + 64));
      }
      if (commands <= 0) setTimeout(breakBoth, piece.length / 64 + 50);
    } else down(piece);
  });
}

/** Listens on a free port of loopback and passes everything to `targetPort`, badly when it is faulty. */
export async function openFaultProxy(targetPort: number, random: Random): Promise<FaultProxy> {
  let isFaulty = false;
  const open = new Set<Socket>();
  const done = { slow: 0, drip: 0, cut: 0, reset: 0 };
  const server = createServer({ noDelay: true }, (phone) => {
    const edge = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    for (const one of [phone, edge]) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        phone.destroy();
        edge.destroy();
      });
    }
    if (isFaulty) misbehave(phone, edge, pick(random, HABITS) ?? 'clean', random, done);
    else {
      phone.on('data', (piece: Buffer) => edge.write(piece));
      edge.on('data', (piece: Buffer) => phone.write(piece));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    done,
    setFaulty(faulty) {
      isFaulty = faulty;
      for (const one of open) one.destroy();
    },
    close() {
      for (const one of open) one.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
