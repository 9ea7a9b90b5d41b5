import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';
import { breakLines } from '../../../lib/domain/sharing/break-lines.ts';

/*
 * Chinese words in pictures without a font of the machine's: the outlines of ZCOOL QingKe HuangYou (Open Font License),
 * which comes as a package. It has the 6,763 signs of GB 2312 and Latin letters without accents.
 */

const FILE = '@fontsource/zcool-qingke-huangyou/files/zcool-qingke-huangyou-chinese-simplified-400-normal.woff';
/** Signs that the font lacks and another stands for. */
const SPARE: Readonly<Record<string, string>> = {
  '·': '-',
  '・': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '—': '-',
};

let font: Font | undefined;
function theFont(): Font {
  if (!font) {
    const { buffer, byteOffset, byteLength } = readFileSync(createRequire(import.meta.url).resolve(FILE));
    font = opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  }
  return font;
}

/** The signs as the font can draw them; null where it lacks one. */
function drawable(text: string): string[] | null {
  const signs: string[] = [];
  for (const sign of text.normalize('NFC')) {
    const tries = [SPARE[sign] ?? sign, sign.normalize('NFKD').replaceAll(/\p{M}/gu, '')];
    const found = tries.find((one) => [...one].length === 1 && theFont().charToGlyphIndex(one) !== 0);
    if (found === undefined) return null;
    signs.push(found);
  }
  return signs;
}

function widthOf(signs: readonly string[], size: number): number {
  const { unitsPerEm } = theFont();
  return signs.reduce((sum, sign) => sum + (theFont().charToGlyph(sign).advanceWidth / unitsPerEm) * size, 0);
}

function outline(signs: readonly string[], x: number, y: number, size: number): string {
  let path = '';
  let end = x;
  for (const sign of signs) {
    const glyph = theFont().charToGlyph(sign);
    for (const { type, x1, y1, x2, y2, x: toX, y: toY } of glyph.getPath(end, y, size).commands) {
      const numbers = [x1, y1, x2, y2, toX, toY].filter((number) => number !== undefined);
      path += type + numbers.map((number) => number.toFixed(1)).join(' ');
    }
    end += (glyph.advanceWidth / theFont().unitsPerEm) * size;
  }
  return path;
}

export type Lettered = {
  readonly svg: string /** Of the last line; above the place where nothing is drawn. */;
  readonly baseline: number;
};

export type LetteringPlace = {
  readonly x: number;
  /** Of the first baseline. */
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly widthMax: number;
  readonly linesMax: number;
  /** Of lines, as a share of the size. */
  readonly step?: number;
};

/** Lines of text as SVG outlines, smaller where a line more would be needed; nothing for a text with a sign that the font lacks. */
export function lettering(text: string, place: LetteringPlace): Lettered {
  const { x, y, color, widthMax, linesMax, step = 1.24 } = place;
  const signs = drawable(text);
  if (signs === null || signs.length === 0) return { svg: '', baseline: y - place.size };
  const measured = (size: number) => ({
    widthMax,
    linesMax: 99,
    widthOf: (part: string) => widthOf([...part], size),
  });
  let { size } = place;
  while (size > place.size * 0.6 && breakLines(signs.join(''), measured(size)).length > linesMax) size *= 0.92;
  const lines = breakLines(signs.join(''), { ...measured(size), linesMax });
  const paths = lines.map((line, index) => outline([...line], x, y + index * size * step, size));
  return { svg: `<path d="${paths.join('')}" fill="${color}"/>`, baseline: y + (lines.length - 1) * size * step };
}
