/* The package brings no types; these are the few that are used. */
declare module 'opentype.js' {
  /** As in SVG: M, L, Q (x1, y1), C (x1, y1, x2, y2), Z. */
  type Step = {
    readonly type: string;
    readonly x?: number;
    readonly y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  };
  type Path = { readonly commands: readonly Step[] };
  type Glyph = { readonly advanceWidth: number; getPath(x: number, y: number, size: number): Path };
  export type Font = {
    readonly unitsPerEm: number;
    /** 0: the font has no such sign. */
    charToGlyphIndex(sign: string): number;
    charToGlyph(sign: string): Glyph;
  };
  const opentype: { parse(file: ArrayBuffer): Font };
  export default opentype;
}
