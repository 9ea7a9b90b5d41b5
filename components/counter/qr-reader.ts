import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

/** Enough for a phone held before the lens, and read in some ten milliseconds. */
const SIDE_PX = 720;

// The reader would fetch its WebAssembly from somebody else's server; ours is published with the page.
prepareZXingModule({
  overrides: {
    locateFile: (path: string, prefix: string) =>
      path.endsWith('.wasm') ? new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href : prefix + path,
  },
});

const detector = new BarcodeDetector({ formats: ['qr_code'] });
let canvas: HTMLCanvasElement | null = null;

/** Starts loading the reader's WebAssembly before the first picture is there. */
export function warmReader(): void {
  void prepareZXingModule({ fireImmediately: true });
}

/**
 * What a QR code in the middle of the picture says; null when there is none.
 * @throws when the WebAssembly could not be loaded
 */
export async function readQr(video: HTMLVideoElement): Promise<string | null> {
  const { videoWidth: width, videoHeight: height } = video;
  const side = Math.min(width, height);
  if (side === 0) return null;
  canvas ??= document.createElement('canvas');
  const drawn = Math.min(side, SIDE_PX);
  if (canvas.width !== drawn) [canvas.width, canvas.height] = [drawn, drawn];
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  if (!paint) return null;
  paint.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, drawn, drawn);
  const [found] = await detector.detect(paint.getImageData(0, 0, drawn, drawn));
  return found?.rawValue ?? null;
}
