import type { CounterIconName } from './counter-icon.tsx';
import type { Sound } from './counter-sounds.ts';

/**
 * `go`: goods change hands. `stop`: they must not. `later`: not now, or not like this. `elsewhere`: not at this counter.
 * `again`: what was scanned or typed is no good.
 */
export type ResultTone = 'go' | 'stop' | 'later' | 'elsewhere' | 'again';

export type Look = { readonly tone: ResultTone; readonly icon: CounterIconName; readonly sound: Sound };

const look = (
  tone: ResultTone,
  icon: CounterIconName,
  tones: Sound['tones'],
  shakeMs: readonly number[],
  shape: OscillatorType = 'triangle',
): Look => ({ tone, icon, sound: { tones, shape, shakeMs } });

/** The code is good and its goods are here. */
export const FOUND: Look = look('go', 'shelf', [[880, 80]], [30], 'sine');
/** Goods changed hands: three tones that rise. */
export const HANDED: Look = look(
  'go',
  'done',
  [
    [660, 90],
    [880, 90],
    [1_320, 180],
  ],
  [60, 40, 120],
  'sine',
);

/** Each no has its own sign and its own sound: a clerk hears which it is before he looks. */
const REFUSED: Readonly<Record<string, Look>> = {
  already_handed: look(
    'stop',
    'twice',
    [
      [330, 130],
      [0, 60],
      [330, 130],
    ],
    [120, 60, 120],
    'square',
  ),
  pickup_refunded: look(
    'stop',
    'money',
    [
      [392, 120],
      [294, 120],
      [220, 220],
    ],
    [200],
    'square',
  ),
  pickup_not_paid: look(
    'stop',
    'stop',
    [
      [220, 160],
      [0, 50],
      [220, 160],
      [0, 50],
      [220, 160],
    ],
    [150, 60, 150],
    'square',
  ),
  pickup_expired: look(
    'stop',
    'wait',
    [
      [494, 110],
      [370, 110],
      [247, 260],
    ],
    [220],
    'square',
  ),
  counter_locked: look('stop', 'lock', [[180, 450]], [400], 'sawtooth'),
  coupon_redeemed: look(
    'stop',
    'twice',
    [
      [349, 130],
      [0, 60],
      [262, 130],
    ],
    [120, 60, 120],
    'square',
  ),
  offer_stopped: look(
    'stop',
    'stop',
    [
      [330, 110],
      [220, 260],
    ],
    [200],
    'square',
  ),
  coupon_expired: look(
    'stop',
    'wait',
    [
      [523, 110],
      [392, 110],
      [262, 220],
    ],
    [220],
    'square',
  ),
  coupon_outside_hours: look(
    'stop',
    'old',
    [
      [466, 110],
      [349, 240],
    ],
    [180],
    'square',
  ),
  refund_in_progress: look(
    'later',
    'refund',
    [
      [523, 120],
      [392, 120],
      [523, 120],
      [392, 160],
    ],
    [80, 40, 80],
  ),
  pickup_not_ready: look(
    'later',
    'shelf',
    [
      [440, 160],
      [0, 80],
      [440, 160],
    ],
    [80, 60, 80],
  ),
  held_by_counter: look(
    'later',
    'wait',
    [
      [587, 100],
      [0, 60],
      [440, 200],
    ],
    [80, 40, 160],
  ),
  stale_code: look(
    'later',
    'old',
    [
      [494, 90],
      [466, 90],
      [440, 180],
    ],
    [60, 40, 60],
  ),
  ticket_over: look(
    'later',
    'wait',
    [
      [440, 90],
      [392, 180],
    ],
    [60, 40, 60],
  ),
  too_many_to_hand: look(
    'later',
    'twice',
    [
      [392, 90],
      [392, 180],
    ],
    [60, 40, 60],
  ),
  wrong_store: look(
    'elsewhere',
    'question',
    [
      [262, 120],
      [392, 120],
      [262, 200],
    ],
    [160, 60, 60],
  ),
  lease_over: look(
    'elsewhere',
    'wait',
    [
      [262, 140],
      [196, 220],
    ],
    [160],
  ),
  not_kept: look(
    'stop',
    'lock',
    [
      [220, 120],
      [196, 220],
    ],
    [220],
    'square',
  ),
  not_on_list: look(
    'again',
    'keys',
    [
      [294, 110],
      [262, 110],
      [233, 160],
    ],
    [90],
  ),
  offline: look('elsewhere', 'stop', [[196, 260]], [160]),
  timeout: look(
    'elsewhere',
    'wait',
    [
      [196, 120],
      [0, 80],
      [196, 120],
    ],
    [120],
  ),
  unreadable_code: look(
    'again',
    'scan',
    [
      [311, 110],
      [277, 160],
    ],
    [60],
  ),
  mistyped_code: look(
    'again',
    'keys',
    [
      [311, 90],
      [0, 40],
      [311, 90],
    ],
    [60],
  ),
  unknown_pickup_code: look(
    'again',
    'question',
    [
      [277, 110],
      [233, 220],
    ],
    [90, 50, 90],
  ),
  friend_code_over: look(
    'again',
    'friend',
    [
      [349, 110],
      [294, 110],
      [349, 160],
    ],
    [90],
  ),
};

const OTHER: Look = look('stop', 'stop', [[220, 240]], [160]);

export const lookOf = (code: string): Look => REFUSED[code] ?? OTHER;
