import { correction, generate } from 'lean-qr';
import { priceParts, toFen } from '../../domain/money/fen.ts';
import { breakLines } from '../../domain/sharing/break-lines.ts';
import { yuanText } from '../../messages/money.ts';
import { wait } from '../api.ts';
import type { PosterCopy, PosterPicture } from './facts.ts';
import { drawPacket, drawStar } from './packet-mark.ts';

/* A poster: 1080 pixels wide, always light, laid out from the top down. Lengths are pixels. */

const WIDTH = 1_080;
const EDGE = 60;
const HEAD = 120;
const PICTURE = WIDTH - 2 * EDGE;
const QR = 276;
/** What scanners want to see round a code, in modules. */
const QUIET = 4;
const TEXT_WIDTH = PICTURE - QR - 56;
const FONTS = '"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif';
const INK = { paper: '#fff8f3', ink: '#221815', ink2: '#5c4a44', lacquer: '#d70022', gold: '#ffd66b', line: '#f0e2d9' };
/** A picture that is not on the phone must not hold the poster up for long. */
const PICTURE_MS_MAX = 6_000;

const font = (size: number, weight = 400) => `${weight} ${size}px ${FONTS}`;

/** The largest of the picture's files that can be had: offline that is the one which the page has shown. */
async function loadPicture({ path }: PosterPicture): Promise<HTMLImageElement | null> {
  const files = [800, 400, 200].flatMap((width) => ['avif', 'webp'].map((format) => `${path}-${width}.${format}`));
  for (const file of files) {
    const image = new Image();
    image.src = file;
    const isThere = image.decode().then(
      () => true,
      () => false,
    );
    if (await Promise.race([isThere, wait(PICTURE_MS_MAX).then(() => false)])) return image;
  }
  return null;
}

/** Lines of text from a baseline down; answers the next baseline. */
function drawLines(
  to: CanvasRenderingContext2D,
  text: string,
  at: { x: number; y: number; step: number; linesMax: number; widthMax: number },
): number {
  const widthOf = (part: string) => to.measureText(part).width;
  const lines = breakLines(text, { widthMax: at.widthMax, linesMax: at.linesMax, widthOf });
  for (const [index, line] of lines.entries()) to.fillText(line, at.x, at.y + index * at.step);
  return at.y + lines.length * at.step;
}

/** ¥ at 60 % of the figure and the fen smaller than the yuan, on one baseline; answers where it ends. */
function drawPrice(to: CanvasRenderingContext2D, fen: number, x: number, y: number, size: number): number {
  const parts = priceParts(toFen(fen));
  const pieces: [string, number][] = [
    ['¥', 0.6],
    [parts.yuan, 1],
    ...(parts.fen === '00' ? [] : ([[`.${parts.fen}`, 0.66]] as [string, number][])),
  ];
  let end = x;
  for (const [text, share] of pieces) {
    to.font = font(size * share, 700);
    to.fillText(text, end, y);
    end += to.measureText(text).width;
  }
  return end;
}

function drawHead(to: CanvasRenderingContext2D, shop: string): void {
  drawPacket(to, EDGE + 26, HEAD / 2 + 4, 62);
  to.font = font(38, 700);
  to.fillStyle = INK.ink;
  to.fillText(shop, EDGE + 70, HEAD / 2 + 18);
}

/** The square at the top: the goods on their plate, or lacquer with what is large. */
async function drawPicture(to: CanvasRenderingContext2D, { picture, hero }: PosterCopy): Promise<void> {
  const image = picture && (await loadPicture(picture));
  to.save();
  to.beginPath();
  to.roundRect(EDGE, HEAD, PICTURE, PICTURE, 36);
  to.clip();
  if (image && picture) {
    to.fillStyle = picture.color;
    to.fillRect(EDGE, HEAD, PICTURE, PICTURE);
    to.drawImage(image, EDGE, HEAD, PICTURE, PICTURE);
  } else drawLacquer(to, hero);
  to.restore();
}

function drawLacquer(to: CanvasRenderingContext2D, hero: string | null): void {
  const lacquer = to.createLinearGradient(0, HEAD, 0, HEAD + PICTURE);
  lacquer.addColorStop(0, '#ee2a44');
  lacquer.addColorStop(0.55, INK.lacquer);
  lacquer.addColorStop(1, '#b0001c');
  to.fillStyle = lacquer;
  to.fillRect(EDGE, HEAD, PICTURE, PICTURE);
  const middle = WIDTH / 2;
  drawPacket(to, middle, HEAD + (hero === null ? 480 : 590), hero === null ? 520 : 460);
  for (const [x, y, radius] of [
    // Beside what is large, not on it.
    [190, hero === null ? 330 : 210, hero === null ? 44 : 26],
    [890, hero === null ? 270 : 190, 30],
    [880, 880, 52],
    [210, 900, 26],
  ] as const) {
    drawStar(to, x, y, radius, INK.gold);
  }
  if (hero === null) return;
  let size = 210;
  const widthOf = () => {
    to.font = font(size, 800);
    return to.measureText(hero).width;
  };
  while (size > 60 && widthOf() > PICTURE - 120) size -= 10;
  to.textAlign = 'center';
  to.fillStyle = '#ffffff';
  to.fillText(hero, middle, HEAD + 270);
  to.textAlign = 'left';
}

/** Whole pixels a module: a code that is drawn between pixels is read badly. */
function drawCode(to: CanvasRenderingContext2D, url: string, scan: string, y: number): void {
  const code = generate(url, { minCorrectionLevel: correction.M });
  const cells = code.size + 2 * QUIET;
  const module = Math.max(1, Math.floor(QR / cells));
  const side = module * cells;
  const x = WIDTH - EDGE - QR + Math.floor((QR - side) / 2);
  to.fillStyle = '#ffffff';
  to.beginPath();
  to.roundRect(WIDTH - EDGE - QR, y, QR, QR, 20);
  to.fill();
  to.fillStyle = '#000000';
  const top = y + Math.floor((QR - side) / 2);
  for (let row = 0; row < code.size; row += 1) {
    for (let column = 0; column < code.size; column += 1) {
      if (code.get(column, row))
        to.fillRect(x + (column + QUIET) * module, top + (row + QUIET) * module, module, module);
    }
  }
  to.font = font(28);
  to.fillStyle = INK.ink2;
  to.textAlign = 'center';
  drawLines(to, scan, { x: WIDTH - EDGE - QR / 2, y: y + QR + 42, step: 36, linesMax: 2, widthMax: QR + 20 });
  to.textAlign = 'left';
}

/** What is said, left of the code; answers where it ends. */
function drawWords(to: CanvasRenderingContext2D, { title, price, lines }: PosterCopy, top: number): number {
  let y = top + 40;
  to.font = font(44, 600);
  to.fillStyle = INK.ink;
  y = drawLines(to, title, { x: EDGE, y, step: 60, linesMax: 2, widthMax: TEXT_WIDTH });
  if (price) {
    y += 46;
    to.fillStyle = INK.lacquer;
    let end = drawPrice(to, price.fen, EDGE, y, 92);
    to.font = font(34);
    if (price.from !== null) {
      to.fillText(price.from, end + 10, y);
      end += to.measureText(price.from).width + 10;
    }
    if (price.crossedOutFen !== null) {
      const was = `¥${yuanText(price.crossedOutFen)}`;
      to.fillStyle = INK.ink2;
      to.fillText(was, end + 22, y);
      to.fillRect(end + 20, y - 13, to.measureText(was).width + 4, 3);
    }
    y += 56;
    if (price.note !== null) {
      to.font = font(32, 600);
      to.fillStyle = INK.lacquer;
      y = drawLines(to, price.note, { x: EDGE, y, step: 44, linesMax: 2, widthMax: TEXT_WIDTH });
    }
  } else y += 4;
  to.font = font(30);
  to.fillStyle = INK.ink2;
  for (const line of lines) y = drawLines(to, line, { x: EDGE, y, step: 42, linesMax: 2, widthMax: TEXT_WIDTH });
  return y;
}

/**
 * Draws a poster on the phone, with what the phone has: without its picture it shows the shop's packet.
 *
 * @param url what the QR code says
 * @throws Error where the browser gives no canvas or no picture of one.
 */
export async function drawPoster(copy: PosterCopy, url: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  // Higher than any poster; cut to what was drawn.
  canvas.height = HEAD + PICTURE + 640;
  const to = canvas.getContext('2d');
  if (!to) throw new Error('This browser draws no pictures');
  to.fillStyle = INK.paper;
  to.fillRect(0, 0, canvas.width, canvas.height);
  drawHead(to, copy.shop);
  await drawPicture(to, copy);
  const top = HEAD + PICTURE + 40;
  drawCode(to, url, copy.scan, top);
  const end = Math.max(drawWords(to, copy, top), top + QR + 90) + 16;
  const poster = document.createElement('canvas');
  poster.width = WIDTH;
  poster.height = Math.min(canvas.height, Math.ceil(end));
  poster.getContext('2d')?.drawImage(canvas, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => poster.toBlob(resolve, 'image/jpeg', 0.92));
  if (!blob) throw new Error('This browser makes no picture of a canvas');
  return blob;
}
