import { useMuted } from '../../lib/client/counter-device.ts';

/** One tone: pitch in Hz, length in ms; 0 Hz is a pause. */
export type Tone = readonly [hz: number, ms: number];

export type Sound = {
  readonly tones: readonly Tone[];
  readonly shape: OscillatorType;
  readonly shakeMs: readonly number[];
};

const GAIN = 0.25;
const EDGE_S = 0.012;

let context: AudioContext | null = null;

/** Browsers let a page sound only after somebody touched it: called with the first touch or key. */
export function wakeSounds(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
}

/** Plays a result, unless this device is muted; the phone shakes all the same. */
export function playSound({ tones, shape, shakeMs }: Sound): void {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([...shakeMs]);
  if (useMuted.getState().isMuted || !context) return;
  let at = context.currentTime;
  for (const [hz, ms] of tones) {
    const end = at + ms / 1_000;
    if (hz > 0) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.type = shape;
      tone.frequency.value = hz;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(GAIN, at + EDGE_S);
      gain.gain.setValueAtTime(GAIN, end - EDGE_S);
      gain.gain.linearRampToValueAtTime(0, end);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(end);
    }
    at = end;
  }
}
