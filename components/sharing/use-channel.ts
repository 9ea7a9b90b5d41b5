'use client';

import { useSyncExternalStore } from 'react';
import { type Channel, channelOf } from '../../lib/domain/sharing/mechanic-allowed.ts';

const never = () => () => {};

/** The app whose browser shows this page; null in the published HTML, which must not say what some of them forbid. */
export function useChannel(): Channel | null {
  return useSyncExternalStore(
    never,
    () => channelOf(navigator.userAgent),
    () => null,
  );
}
