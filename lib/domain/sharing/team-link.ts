/*
 * How a team is named outside the shop: by a link, or by its code in whatever text it was copied with. A link carries
 * nothing but the code.
 */

/** Twelve of base 62: it means nothing and cannot be guessed. */
const CODE = '[0-9A-Za-z]{12}';
const IN_LINK = new RegExp(`[?&]c=(${CODE})(?![0-9A-Za-z])`);
const ALONE = new RegExp(`(?<![0-9A-Za-z])(${CODE})(?![0-9A-Za-z])`);

/** The Chinese address of a team's room. */
export function teamPath(code: string): string {
  return `/t?c=${encodeURIComponent(code)}`;
}

/** The code in a link, in a copied sentence with a link, or typed with spaces and dashes; null when there is none. */
export function codeIn(text: string): string | null {
  const linked = text.match(IN_LINK)?.[1];
  if (linked !== undefined) return linked;
  if (text.includes('://')) return null;
  const typed = text.replaceAll(/[\s-]/g, '');
  return typed.match(new RegExp(`^${CODE}$`))?.[0] ?? text.match(ALONE)?.[1] ?? null;
}

/** In groups of four, to be read out and typed. */
export function spokenCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
