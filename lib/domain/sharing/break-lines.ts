/** Signs that no line begins with, and signs that no line ends with. */
const NOT_FIRST = /^[，。、！？：；）」』】》〉”’…—～·%‰℃,.!?:;)\]}》]$/u;
const NOT_LAST = /^[（「『【《〈“‘¥$([{#@]$/u;
const WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]$/u;
const MORE = '…';

/** Signs as a person counts them: what is written above or behind one (marks, joined emoji) stays with it; a space never does. */
function signsOf(text: string): string[] {
  return text.match(/\s|\P{M}(?:\p{M}|\u200d[^\p{M}\s]|[\u{1f3fb}-\u{1f3ff}])*/gu) ?? [];
}

/** What no line parts: a word of letters, or one sign of Chinese with the punctuation that belongs to it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let isOpen = false;
  for (const sign of signsOf(text.replaceAll(/\s+/g, ' ').trim())) {
    const last = pieces.at(-1) ?? '';
    const before = signsOf(last).at(-1) ?? '';
    const isWord = sign !== ' ' && before !== ' ' && !WIDE.test(sign) && !WIDE.test(before);
    if (pieces.length > 0 && sign !== ' ' && (isOpen || isWord || NOT_FIRST.test(sign)) && before !== ' ') {
      pieces[pieces.length - 1] = last + sign;
    } else pieces.push(sign);
    isOpen = NOT_LAST.test(sign);
  }
  return pieces;
}

/** As many signs of one piece as fit: a word that is wider than a line is parted anyhow. */
function parted(piece: string, widthMax: number, widthOf: (text: string) => number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const sign of signsOf(piece)) {
    if (part !== '' && widthOf(part + sign) > widthMax) {
      parts.push(part);
      part = '';
    }
    part += sign;
  }
  return [...parts, part];
}

/**
 * Parts a text into lines of at most `widthMax` as `widthOf` measures them: between Chinese signs and between words, no
 * line beginning with 。 or ending with （. What does not fit into `linesMax` ends with an ellipsis.
 */
export function breakLines(
  text: string,
  { widthMax, linesMax, widthOf }: { widthMax: number; linesMax: number; widthOf: (text: string) => number },
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (widthOf((line + piece).trimEnd()) <= widthMax) {
      line += line === '' && piece === ' ' ? '' : piece;
      continue;
    }
    if (line.trimEnd() !== '') lines.push(line.trimEnd());
    const parts = widthOf(piece) <= widthMax ? [piece] : parted(piece, widthMax, widthOf);
    lines.push(...parts.slice(0, -1));
    line = (parts.at(-1) ?? '').trimStart();
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  if (lines.length <= linesMax) return lines;
  const kept = lines.slice(0, linesMax);
  const signs = signsOf(kept[linesMax - 1] ?? '');
  while (signs.length > 0 && widthOf(signs.join('') + MORE) > widthMax) signs.pop();
  kept[linesMax - 1] = signs.join('').trimEnd() + MORE;
  return kept;
}
