'use client';
import { useEffect } from 'react';
import { create } from 'zustand';
import {
  type ClockEstimate,
  type ClockSample,
  estimateOf,
  type Slew,
  slewTo,
  withSample,
} from '../domain/clock/clock.ts';
import { call } from './api.ts';
import { askLive, isLiveOpen, onLive } from './live/socket.ts';

/*
 * The server's clock on this phone. It stands on the phone's monotonic clock, so that setting the wall clock does
 * nothing to it; the wall clock is looked at only to notice that the phone has slept.
 */

const BURST = 8;
const BURST_GAP_MS = 40;
const BURST_JITTER_MS = 40;
const EVERY_MS = 30_000;
/** Without a socket by then, the burst goes by HTTP. */
const SOCKET_WAIT_MS = 4_000;
const SLEEP_MS = 1_000;

type Answer = { readonly receivedAt: number; readonly sentAt: number };

const useEstimate = create<{ estimate: ClockEstimate | null }>(() => ({ estimate: null }));
let samples: readonly ClockSample[] = [];
let shown: Slew | null = null;
/** The next estimate is taken as it is: nobody watched the clock meanwhile. */
let isStepDue = false;
let isStarted = false;
let isBursting = false;
/** Wall minus monotonic clock at the last look. */
let wallMinusMonotonic = 0;

/** The server's time now, ms, fractions included; null until the first answer. Never runs back, never jumps. */
export function serverNow(): number | null {
  const { estimate } = useEstimate.getState();
  if (!estimate) return null;
  const at = performance.now();
  shown = slewTo(shown, estimate.offsetMs, at);
  return at + shown.offsetMs;
}

/** What the clock rests on: how far the phone's own clock is off, and how wrong this can be; null until known. */
export function clockState(): (ClockEstimate & { readonly phoneErrorMs: number }) | null {
  const { estimate } = useEstimate.getState();
  return estimate && { ...estimate, phoneErrorMs: Date.now() - (performance.now() + estimate.offsetMs) };
}

/** Starts the clock and draws again whenever its estimate has changed; null until known. */
export function useServerClock(): ClockEstimate | null {
  useEffect(startClock, []);
  return useEstimate((state) => state.estimate);
}

async function ask(): Promise<Answer | null> {
  if (isLiveOpen()) return askLive('clock:sample', {});
  const answer = await call('time', {}, { attemptsMax: 1 });
  return answer.ok ? answer.value : null;
}

/** One question and answer; false when none came. */
async function takeSample(): Promise<boolean> {
  noticeSleep();
  const sentAt = performance.now();
  const answer = await ask();
  const heardAt = performance.now();
  if (!answer) return false;
  samples = withSample(samples, { sentAt, receivedAt: answer.receivedAt, answeredAt: answer.sentAt, heardAt });
  return true;
}

/** Eight samples in half a second: then the estimate is good to a few milliseconds. */
async function burst(): Promise<void> {
  if (isBursting) return;
  isBursting = true;
  for (let count = 0; count < BURST; count += 1) {
    if (!(await takeSample())) break;
    if (!useEstimate.getState().estimate || isStepDue) publish();
    await new Promise((resolve) => setTimeout(resolve, BURST_GAP_MS + Math.random() * BURST_JITTER_MS));
  }
  isBursting = false;
  publish();
}

function publish(): void {
  const estimate = estimateOf(samples);
  if (!estimate) return;
  if (isStepDue) shown = slewTo(shown, estimate.offsetMs, performance.now(), true);
  isStepDue = false;
  useEstimate.setState({ estimate });
}

/**
 * On some phones the monotonic clock stands still while they sleep. The wall clock then has moved against it; so it
 * has when somebody set it, and looking again costs little.
 */
function noticeSleep(): void {
  const difference = Date.now() - performance.now();
  const hasMoved = Math.abs(difference - wallMinusMonotonic) > SLEEP_MS;
  wallMinusMonotonic = difference;
  if (!hasMoved) return;
  samples = [];
  isStepDue = true;
}

/** Starts the clock of this page; any number of times. */
function startClock(): void {
  if (isStarted) return;
  isStarted = true;
  wallMinusMonotonic = Date.now() - performance.now();
  // The first answer at once, by HTTP; the good ones over the socket when it is open.
  void takeSample().then(publish);
  onLive('open', () => void burst());
  setTimeout(() => {
    if (!isLiveOpen()) void burst();
  }, SOCKET_WAIT_MS);
  setInterval(() => {
    if (!document.hidden && !isBursting) void takeSample().then(publish);
  }, EVERY_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    noticeSleep();
    if (isStepDue) void burst();
    else void takeSample().then(publish);
  });
}
