const NAME_CHARS_MAX = 20;

/**
 * What somebody is called at WeChat, as the shop could call him: letters, digits, signs and emoji, 20 at most. Without
 * direction marks, line breaks and what cannot be seen, so that it can be shown anywhere. Null: nothing is left.
 */
export function offeredName(given: string): string | null {
  const kept = given
    .slice(0, 200)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return [...kept].slice(0, NAME_CHARS_MAX).join('').trim() || null;
}
