import { WHIMS, type Whim } from '../../../server/payment/sandbox/whims.ts';
import { pick, type Random, randomOf } from '../../crowd/random.ts';

/** What one shopper does with his order. */
export const SCRIPTS = {
  /** Pays. */
  pays: 46,
  /** Taps pay several times at once, and the notices race each other. */
  pays_thrice: 10,
  /** Cancels while he pays. */
  cancels_meanwhile: 8,
  /** The order runs out while he pays. */
  runs_out_meanwhile: 8,
  /** The order has run out; he pays all the same, which a gateway with the whim lets him. */
  pays_after_close: 8,
  /** Opens a second way to pay and pays by both. */
  pays_twice: 8,
  /** Pays, then wants his money back, which an operator approves. */
  takes_back: 6,
  never_pays: 6,
} as const;
export type Script = keyof typeof SCRIPTS;

export type Plan = {
  readonly script: Script;
  readonly whims: readonly Whim[];
  /** Somebody posts a notice of his own making for this trade. */
  readonly isAttacked: boolean;
};

function chooseScript(random: Random): Script {
  let mark = random() * Object.values(SCRIPTS).reduce((sum, weight) => sum + weight, 0);
  for (const [script, weight] of Object.entries(SCRIPTS)) {
    mark -= weight;
    if (mark < 0) return script as Script;
  }
  return 'pays';
}

/** The plan of payment number `index`: the same for the same seed. Two of three gateways misbehave, in up to three ways. */
export function planOf(seed: number, index: number): Plan {
  const random = randomOf(seed * 1_000_003 + index);
  const script = chooseScript(random);
  const whims = new Set<Whim>();
  // These are what the script is about.
  if (script === 'pays_after_close' || script === 'pays_twice') whims.add('paid_after_close');
  if (random() < 2 / 3) {
    for (let more = Math.ceil(random() * 3); more > 0; more -= 1) whims.add(pick(random, WHIMS) as Whim);
  }
  return { script, whims: [...whims], isAttacked: random() < 0.1 };
}
