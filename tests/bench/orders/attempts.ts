/** What one caller sends: a flat list of these crosses the pipe, several callers in one message. */
export type Attempt = {
  readonly shopperId: string;
  readonly key: string;
  readonly skuId: string;
  /** The earlier attempt whose key this repeats, or itself. */
  readonly original: number;
};

export type Crowd = {
  /** Apart from every other round: shoppers and keys of two rounds never meet. */
  readonly round: number;
  /** SKU ids from the most wanted to the least. */
  readonly skuIds: readonly string[];
  /** Exponent of the zipf law over `skuIds`. */
  readonly skew: number;
};

/** A 32-bit mix: attempt number in, the same noise out on every run. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return (x ^ (x >>> 16)) >>> 0;
}

const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');

/** How far back a repeat reaches: far enough to meet attempts in flight, and answered ones. */
const REPEAT_WINDOW = 2_000;

type Kind = { readonly person: number; readonly key: number };

/** 90 % are new people, 5 % repeat a key, 5 % are people who try again under a new key. */
function kindOf(index: number): Kind {
  const dice = mix(index * 7 + 3) % 100;
  if (index < 100 || dice >= 10) return { person: index, key: index };
  const back = 1 + (mix(index * 13 + 1) % REPEAT_WINDOW);
  const before = kindOf(Math.max(0, index - back));
  return { person: before.person, key: dice < 5 ? before.key : index };
}

/** Cumulative shares of a zipf law over n places. */
function sharesOf(n: number, skew: number): Float64Array {
  const shares = new Float64Array(n);
  let total = 0;
  for (let place = 0; place < n; place += 1) {
    total += 1 / (place + 1) ** skew;
    shares[place] = total;
  }
  return shares.map((share) => share / total);
}

/** The stream of a crowd: attempt i is a pure function of i, so that every design meets the same people. */
export function crowdOf({ round, skuIds, skew }: Crowd): (index: number) => Attempt {
  const shares = sharesOf(skuIds.length, skew);
  function skuOf(person: number): string {
    const dice = mix(person ^ 0x9e3779b9) / 2 ** 32;
    let [low, high] = [0, shares.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shares[middle]! < dice) low = middle + 1;
      else high = middle;
    }
    return skuIds[low]!;
  }
  const mark = hex(round);
  return (index) => {
    const { person, key } = kindOf(index);
    return {
      shopperId: `shopper-${mark}-${hex(person)}`,
      key: `${hex(mix(key + 77))}-0000-4000-8000-${mark.slice(4)}${hex(key)}`,
      skuId: skuOf(person),
      original: key,
    };
  };
}
