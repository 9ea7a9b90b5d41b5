'use client';
import type { PushPurpose } from '../domain/outreach/purpose.ts';
import { call } from './api.ts';
import { hasWorkers } from './app-worker.ts';
import { learnWire } from './wire.ts';
import { PUSH_WIRE } from './wire-push.ts';

learnWire(PUSH_WIRE);

export type PushState = {
  /** What this device may be told; empty: nothing. */
  readonly purposes: readonly PushPurpose[];
  /** The shopper's other devices that are told something. */
  readonly others: number;
};

/** How a tap for notices ended; `dismissed`: the browser asked and was not answered. */
export type PushEnd = 'done' | 'blocked' | 'dismissed' | 'failed';

export function canPush(): boolean {
  return hasWorkers() && 'PushManager' in window && 'Notification' in window;
}

/** Whether the browser would not even ask. */
export const isPushBlocked = (): boolean => Notification.permission === 'denied';

async function ownSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** As the server knows devices without telling their endpoints: the first 16 hexadecimal digits of SHA-256. */
async function markOf(endpoint: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What this device and the others may be told; null without an answer. */
export async function readPush(): Promise<PushState | null> {
  const [subscription, home] = await Promise.all([ownSubscription(), call('push.home', {})]);
  if (!home.ok) return null;
  const mark = subscription && (await markOf(subscription.endpoint));
  const isAllowed = Notification.permission === 'granted';
  const own = isAllowed ? home.value.devices.find((device) => device.mark === mark) : undefined;
  return { purposes: own?.purposes ?? [], others: home.value.devices.length - (own ? 1 : 0) };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const isSame = (key: ArrayBuffer | null | undefined, wanted: Uint8Array) =>
  key !== null && key !== undefined && new Uint8Array(key).every((byte, at) => byte === wanted[at]);

/** A subscription that was made for the shop's key of today. */
async function subscribe(publicKey: string): Promise<PushSubscriptionJSON> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(publicKey);
  const known = await pushManager.getSubscription();
  if (known && isSame(known.options.applicationServerKey, applicationServerKey)) return known.toJSON();
  await known?.unsubscribe();
  return (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })).toJSON();
}

/** Lets this device be told so much. Call it from a tap: the browser asks its owner where he was not asked before. */
export async function agreeToPush(purposes: readonly PushPurpose[]): Promise<PushEnd> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'blocked' : 'dismissed';
  try {
    const home = await call('push.home', {});
    if (!home.ok) return 'failed';
    const { endpoint = '', keys = {} } = await subscribe(home.value.publicKey);
    const { p256dh = '', auth = '' } = keys;
    const answer = await call('push.agree', { endpoint, p256dh, auth, purposes: [...purposes] });
    return answer.ok ? 'done' : 'failed';
  } catch {
    // The browser's push service is out of reach; in mainland China that is the rule, not the exception.
    return 'failed';
  }
}

/** This device is told nothing any more. */
export async function stopPush(): Promise<PushEnd> {
  const subscription = await ownSubscription();
  if (subscription === null) return 'done';
  const answer = await call('push.stop', { endpoint: subscription.endpoint });
  await subscription.unsubscribe().catch(() => false);
  return answer.ok ? 'done' : 'failed';
}

/** None of the shopper's devices is told anything any more. */
export async function stopAllPush(): Promise<PushEnd> {
  const answer = await call('push.stopAll', {});
  await (await ownSubscription())?.unsubscribe().catch(() => false);
  return answer.ok ? 'done' : 'failed';
}
