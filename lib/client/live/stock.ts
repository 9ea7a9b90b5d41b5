'use client';
import { type RefCallback, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ShelfPicture, StockCell } from '../../domain/inventory/frame.ts';
import { type Claim, createInterest } from '../../domain/live/interest.ts';
import { type Poll, startPoll } from './poll.ts';
import { createShelfBook } from './shelf-book.ts';
import { askLive, isLiveOpen, onLive, startLive } from './socket.ts';

/*
 * Live stock for pages: which shelves are watched follows from what is on screen, and what was heard is shown once per
 * drawn frame.
 */

const SHELVES_MAX = 8;
const SYNC_MS = 120;
const SILENCE_MS_MAX = 5_000;
/** A poll comes every 2 to 5 seconds and may be answered late. */
const POLL_SILENCE_MS_MAX = 12_000;

/** What was heard, and is not drawn from: a page is not drawn again because a heartbeat came. */
type Hearing = {
  readonly way: 'none' | 'socket' | 'poll';
  /** On the phone's monotonic clock. */
  readonly heardAt: number;
  /** On the server's. */
  readonly asOf: number | null;
};

const useBook = create<{ readonly pictures: ReadonlyMap<string, ShelfPicture> }>(() => ({ pictures: new Map() }));

let hearing: Hearing = { way: 'none', heardAt: 0, asOf: null };
let poll: Poll | null = null;
let isStarted = false;
let frameRequest = 0;
let isSyncDue = false;
let told = '';

const interest = createInterest(SHELVES_MAX, syncSoon);
const book = createShelfBook(
  async (shelf) => (await askLive('shelf:snapshot', { id: shelf }))?.frame ?? null,
  showSoon,
);

function showSoon(): void {
  if (frameRequest !== 0) return;
  frameRequest = requestAnimationFrame(() => {
    frameRequest = 0;
    useBook.setState({ pictures: new Map(book.pictures()) });
  });
}

function heard(way: 'socket' | 'poll', asOf?: number): void {
  hearing = { way, heardAt: performance.now(), asOf: asOf ?? hearing.asOf };
}

function wanted(): string[] {
  return document.hidden ? [] : interest.wanted();
}

function syncSoon(): void {
  start();
  if (isSyncDue) return;
  isSyncDue = true;
  setTimeout(sync, SYNC_MS);
}

async function sync(): Promise<void> {
  isSyncDue = false;
  const shelves = wanted();
  const asking = [...shelves].sort().join(' ');
  if (!isLiveOpen() || asking === told) return;
  told = asking;
  const request = { shelves: shelves.map((id) => ({ id, have: book.haveOf(id) })) };
  const answer = await askLive('shelf:watch', request);
  // No answer: whatever the server watches for us now, the next change of the page asks again.
  if (!answer) told = '?';
}

function start(): void {
  if (isStarted) return;
  isStarted = true;
  onLive('stock:changed', (frame) => {
    heard('socket');
    book.delta(frame);
  });
  onLive('stock:snapshot', (frame) => {
    heard('socket');
    book.snapshot(frame);
  });
  onLive('live:heartbeat', ({ now }) => heard('socket', now));
  onLive('open', () => {
    poll?.stop();
    poll = null;
    told = '';
    heard('socket');
    syncSoon();
  });
  onLive('unreachable', () => {
    poll ??= startPoll(wanted, ({ frame, asOf }) => {
      heard('poll', asOf);
      book.polled(frame, asOf);
    });
  });
  document.addEventListener('visibilitychange', syncSoon);
  startLive();
}

/** A shelf's list of ids as one value, so that hooks compare content. */
function useStable(shelves: readonly string[]): readonly string[] {
  const key = [...new Set(shelves)].sort().join(' ');
  return useMemo(() => (key === '' ? [] : key.split(' ')), [key]);
}

/**
 * Watches these shelves while the element that gets the returned ref is on screen. Of all that is on screen at most 8
 * shelves are watched, those that most elements show.
 */
export function useShelves(shelves: readonly string[]): RefCallback<Element> {
  const ids = useStable(shelves);
  const leave = useRef<(() => void) | null>(null);
  return useCallback(
    (element: Element | null) => {
      leave.current?.();
      leave.current = null;
      if (!element || ids.length === 0) return;
      const claim: Claim = interest.claim(ids, true);
      const observer = new IntersectionObserver(
        (entries) => claim.setOnScreen(entries.at(-1)!.isIntersecting),
        // A little early, so that the numbers are there when the card is.
        { rootMargin: '120px' },
      );
      observer.observe(element);
      leave.current = () => {
        observer.disconnect();
        claim.release();
      };
    },
    [ids],
  );
}

/** Watches while mounted; where an element of the same shelf says whether it is seen (`useShelves`), that counts. */
function useMountedShelves(shelves: readonly string[]): void {
  const ids = useStable(shelves);
  useEffect(() => {
    if (ids.length === 0) return;
    const claim = interest.claim(ids, false);
    return claim.release;
  }, [ids]);
}

type PlacedSku = { readonly id: string; readonly shelf: string; readonly slot: number };

/** The live number of each of these SKUs, by id; what is not known yet is not in it. */
export function useProductStock(skus: readonly PlacedSku[]): ReadonlyMap<string, StockCell> {
  useMountedShelves(skus.map((sku) => sku.shelf));
  const cells = useBook(
    useShallow(({ pictures }) => skus.map((sku) => pictures.get(sku.shelf)?.cells.get(sku.slot) ?? null)),
  );
  return useMemo(() => {
    const known = new Map<string, StockCell>();
    for (const [index, cell] of cells.entries()) if (cell) known.set(skus[index]!.id, cell);
    return known;
  }, [cells, skus]);
}

/**
 * How old the shown numbers may be. `live`: the socket speaks; `polling`: they come every few seconds; `stale`: nothing
 * was heard for 5 s; `none`: nothing was ever heard. `asOf` is the server's time of the last word.
 */
export type Freshness = { readonly kind: 'live' | 'polling' | 'stale' | 'none'; readonly asOf: number | null };

function freshnessAt({ way, heardAt }: Hearing, now: number): Freshness['kind'] {
  if (way === 'none') return 'none';
  const silence = now - heardAt;
  if (way === 'socket') return silence <= SILENCE_MS_MAX ? 'live' : 'stale';
  return silence <= POLL_SILENCE_MS_MAX ? 'polling' : 'stale';
}

export function useFreshness(): Freshness {
  const [freshness, setFreshness] = useState<Freshness>({ kind: 'none', asOf: null });
  useEffect(() => {
    const look = () => {
      const kind = freshnessAt(hearing, performance.now());
      const asOf = kind === 'live' ? null : hearing.asOf;
      setFreshness((before) => (before.kind === kind && before.asOf === asOf ? before : { kind, asOf }));
    };
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, []);
  return freshness;
}
