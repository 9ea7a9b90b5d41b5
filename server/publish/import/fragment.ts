import { createHash } from 'node:crypto';
import type { Localized } from '../../../lib/contracts/contract.ts';
import { tidyText } from './html.ts';
import { type Note, type Problem, problem } from './problem.ts';

/*
 * Words used in this room:
 *
 * - record:   one row, item or JSON value of the file
 * - fragment: what one record says of a product; a product is all fragments of its handle
 * - staged:   in a temporary table of the import's transaction, nothing of the shop touched
 */

export type CategoryWish = { readonly id: string | null; readonly name: Localized; readonly art: string | null };
export type OptionWish = {
  readonly name: Localized;
  readonly values: readonly { readonly label: Localized; readonly swatch?: string }[];
};
export type Attribute = { readonly name: Localized; readonly value: Localized };

export type SkuFragment = {
  /** Null: made from the handle and the choice. */
  readonly code: string | null;
  /** One entry per option, in order; a null name is the name in the product's other rows. */
  readonly choice: readonly { readonly name: Localized | null; readonly value: string }[];
  readonly priceFen: number;
  readonly listPriceFen: number | null;
  readonly listPriceBasis: string | null;
  /** Units as the merchant counts them; null: not said. */
  readonly stock: number | null;
  readonly limitPerPerson: number | null;
  readonly isListed: boolean;
  /** Where its problems are reported. */
  readonly columns: { readonly code: string; readonly choice: string };
};

export type Fragment = {
  readonly line: number;
  readonly handle: string;
  readonly title?: Localized;
  readonly subtitle?: Localized;
  readonly description?: Localized;
  readonly category?: CategoryWish;
  readonly attributes?: readonly Attribute[];
  readonly options?: readonly OptionWish[];
  /** File names, best first. */
  readonly pictures?: readonly string[];
  readonly isListed?: boolean;
  /** The record is the whole product: a second one of its handle is a mistake. */
  readonly isWhole?: boolean;
  /** An option with one value over all SKUs is an attribute (a feed lists colour and size for everything). */
  readonly foldsConstantOptions?: boolean;
  readonly skus: readonly SkuFragment[];
};

/** What reading one record came to. With problems there is no fragment, but its handle is known if it could be read. */
export type Reading = {
  readonly handle: string | null;
  readonly fragment: Fragment | null;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
};

export const OPTIONS_MAX = 3;
export const TITLE_CHARS_MAX = 200;
export const TEXT_CHARS_MAX = 20_000;
export const HANDLE_CHARS_MAX = 255;
export const CODE_CHARS_MAX = 100;
/** Shown with a "compare at" price: decisions.md, "Crossed-out price". */
export const LIST_PRICE_BASIS = '商家填写的参考价，非成交价';

/** Text in one language only is shown in both. */
export function both(text: string): Localized {
  return { zh: text, en: text };
}

export function oneLine(text: string): string {
  return tidyText(text).replace(/\n+/g, ' ');
}

/** U+FFFD stands where bytes could not be read; half a surrogate pair or a zero cannot be stored. */
export function isBroken(text: string): boolean {
  return text.includes('\uFFFD') || text.includes('\u0000') || !text.isWellFormed();
}

function mark(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

function asciiPart(text: string, charsMax: number): string {
  const ascii = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return ascii.slice(0, charsMax).replace(/-+$/, '');
}

/** An id that addresses and the wire can carry; the same text always gives the same id, other texts others. */
export function idOf(text: string, fallback: string, charsMax = 60): string {
  if (text.length <= charsMax && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text)) return text;
  return `${asciiPart(text, 40) || fallback}-${mark(text, 10)}`;
}

/** Ids of option values stand in no address: short, and kept from one import to the next. */
export function valueIdOf(label: string): string {
  return /^[a-z0-9][a-z0-9-]{0,30}$/.test(label) ? label : `${asciiPart(label, 20) || 'v'}-${mark(label, 6)}`;
}

export function skuIdOf(code: string): string {
  return `sku_${mark(code, 16)}`;
}

/** The checks that every format shares: presence, length, readable characters. Problems are pushed to `found`. */
export function fieldChecks(line: number, found: Problem[]) {
  return {
    handle(written: string, column: string): string | null {
      const handle = oneLine(written);
      if (handle === '') found.push(problem(line, column, 'handle_missing'));
      else if (handle.length > HANDLE_CHARS_MAX) {
        found.push(problem(line, column, 'handle_too_long', { max: HANDLE_CHARS_MAX }));
      } else return idOf(handle, 'p');
      return null;
    },
    text(written: string, column: string, charsMax = TEXT_CHARS_MAX): string {
      if (written.length > charsMax) found.push(problem(line, column, 'text_too_long', { max: charsMax }));
      return written;
    },
    code(written: string, column: string): string | null {
      const code = oneLine(written);
      if (code.length > CODE_CHARS_MAX) {
        found.push(problem(line, column, 'sku_code_invalid', { value: code.slice(0, 60) }));
      }
      return code === '' ? null : code;
    },
  };
}
