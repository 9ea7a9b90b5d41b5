/**
 * One product as the search page gets it: handle, what it is called in both languages, what else describes it, and
 * the pinyin of its Chinese name, syllables parted by spaces and runs by `|`.
 */
export type SearchRow = readonly [handle: string, title: string, more: string, pinyin: string];

/** `/search-index.<hash>.json`, written at publish. */
export type SearchIndex = { readonly version: 1; readonly rows: readonly SearchRow[] };

/** A syllable further on than this is never the start of a typed run: people type the words that they look for. */
const SYLLABLES_MAX = 4;
const INITIALS_MAX = 8;

const RUNS = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu;
const IS_HAN = /^\p{Script=Han}/u;

/** Width and case do not matter: ＡＢＣ finds abc. */
function runsOf(text: string): string[] {
  // Latin letters and Han characters often touch (14英寸, T恤), and each is a run of its own.
  const parted = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\p{Script=Han})(?=[^\p{Script=Han}])|([^\p{Script=Han}])(?=\p{Script=Han})/gu, '$1$2 ');
  return parted.match(RUNS) ?? [];
}

/** Every place of a Chinese run with its neighbour, and the last character alone: a prefix finds any single one. */
function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.map((character, place) => character + (characters[place + 1] ?? ''));
}

/** Terms of a text in either language. */
export function termsOf(text: string): string[] {
  return [...new Set(runsOf(text).flatMap((run) => (IS_HAN.test(run) ? pairsOf(run) : [run])))];
}

/**
 * Terms by which a Chinese name is found when typed in Latin letters: from each syllable on, the full spelling and the
 * initials (连衣裙: lianyiqun, yiqun, qun; lyq, yq, q). They are matched by prefix, so `lianyi` and `ly` find it too.
 */
export function pinyinTermsOf(pinyin: string): string[] {
  const terms = new Set<string>();
  for (const run of pinyin.split('|')) {
    const syllables = run.split(' ').filter((syllable) => syllable !== '');
    for (const place of syllables.keys()) {
      terms.add(syllables.slice(place, place + SYLLABLES_MAX).join(''));
      terms.add(
        syllables
          .slice(place, place + INITIALS_MAX)
          .map((syllable) => syllable[0])
          .join(''),
      );
    }
  }
  return [...terms];
}

/** Terms of what a person typed: all of them must be found. */
export function queryTermsOf(query: string): string[] {
  return [
    ...new Set(
      runsOf(query).flatMap((run) => {
        if (!IS_HAN.test(run)) return [run];
        const pairs = pairsOf(run);
        return pairs.length > 1 ? pairs.slice(0, -1) : pairs;
      }),
    ),
  ];
}

/** A single Han character or Latin letters match as the start of a term; a pair of characters matches whole. */
export function isPrefixTerm(term: string): boolean {
  return !IS_HAN.test(term) || [...term].length === 1;
}

/** Edits forgiven, as a share of the length: only in words long enough that a slip is likelier than another word. */
export function fuzzOf(term: string): number | false {
  return /^[a-z]{5,}$/.test(term) ? 0.2 : false;
}
