import type { Locale } from '../contracts/contract.ts';

export type { Locale };

/** Said with facts: `left: (units: number) => \`仅剩 ${units} 件\``. Without facts a message is a string. */
type Message = string | ((...facts: never[]) => string);

type SameKeys<Words> = {
  [Key in keyof Words]: Words[Key] extends (...facts: infer Facts) => string ? (...facts: Facts) => string : string;
};

/**
 * The words of one room in both languages of the shop.
 *
 * Chinese decides the keys and the facts of each message; English that lacks a key, has one too many, or takes other
 * facts does not compile.
 */
export function defineMessages<const Words extends Record<string, Message>>(messages: {
  'zh-CN': Words;
  'en-US': NoInfer<SameKeys<Words>>;
}): Record<Locale, SameKeys<Words>> {
  return messages as unknown as Record<Locale, SameKeys<Words>>;
}

/** The half of a text that comes in both languages, such as a product's title. */
export function inLocale(text: { readonly zh: string; readonly en: string }, locale: Locale): string {
  return locale === 'zh-CN' ? text.zh : text.en;
}

/** `/cart` in Chinese is `/cart`, in English `/en/cart`. */
export function pathInLocale(path: string, locale: Locale): string {
  if (locale === 'zh-CN') return path;
  return path === '/' ? '/en' : path.startsWith('/?') ? `/en${path.slice(1)}` : `/en${path}`;
}
