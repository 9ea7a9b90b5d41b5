import type { PushName, Sending } from './wire.ts';

/** How the names of notices on devices are sent. */
export const PUSH_WIRE = {
  'push.home': 'GET',
  'push.agree': 'again',
  'push.stop': 'again',
  'push.stopAll': 'again',
} as const satisfies { readonly [N in PushName]: Sending<N> };
