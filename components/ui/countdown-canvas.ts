/*
 * Draws a countdown's figures on a canvas. Each digit has a cell of its own, as wide as the widest digit, so that the
 * figures stand still while they change, also in fonts without tabular digits.
 */

const STYLE_MS = 1_000;

type Look = { font: string; color: string; cell: number; widths: Map<string, number> };

export type FigureCanvas = { draw(text: string): void };

/** @param canvas fills its box; the box gives the font, the colour and the size. */
export function figureCanvas(canvas: HTMLCanvasElement): FigureCanvas {
  const context = canvas.getContext('2d');
  let look: Look | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let drawn = '';

  /** The page's tokens may change under it (dark mode, larger text): looked up once a second. */
  function refresh(pen: CanvasRenderingContext2D): Look {
    const now = performance.now();
    if (look && now - lookedAt < STYLE_MS) return look;
    lookedAt = now;
    const { fontStyle, fontWeight, fontSize, fontFamily, color } = getComputedStyle(canvas);
    const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const scale = Math.max(1, window.devicePixelRatio);
    const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    const isResized = canvas.width !== width || canvas.height !== height;
    if (look && look.font === font && look.color === color && !isResized) return look;
    if (isResized) [canvas.width, canvas.height] = [width, height];
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.font = font;
    pen.fillStyle = color;
    pen.textBaseline = 'middle';
    pen.textAlign = 'center';
    const cell = Math.max(...[...'0123456789-'].map((digit) => pen.measureText(digit).width));
    look = { font, color, cell, widths: new Map() };
    drawn = '';
    return look;
  }

  function widthOf(pen: CanvasRenderingContext2D, { cell, widths }: Look, letter: string): number {
    if (/[\d-]/.test(letter)) return cell;
    const known = widths.get(letter) ?? pen.measureText(letter).width;
    widths.set(letter, known);
    return known;
  }

  return {
    draw(text) {
      if (!context) return;
      const current = refresh(context);
      if (text === drawn) return;
      drawn = text;
      const { clientWidth, clientHeight } = canvas;
      context.clearRect(0, 0, clientWidth, clientHeight);
      const letters = [...text];
      const total = letters.reduce((sum, letter) => sum + widthOf(context, current, letter), 0);
      context.save();
      // Many days do not fit the box that was kept for them: smaller, never cut off.
      if (total > clientWidth && total > 0) context.scale(clientWidth / total, 1);
      let x = 0;
      for (const letter of letters) {
        const width = widthOf(context, current, letter);
        context.fillText(letter, x + width / 2, clientHeight / 2);
        x += width;
      }
      context.restore();
    },
  };
}
