import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipped = promisify(gzip);
/** Codes and pseudonyms are as good as random: harder work saves another hundredth and takes four times as long. */
const LEVEL = 4;
/** A smaller answer is sent sooner than packed. */
const BYTES_MIN = 32_768;

/** `q=0` refuses; `q=0.8` does not. */
const NOT_REFUSED = String.raw`(?![\w-])(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))`;
const TAKES = { gzip: new RegExp(`\\bgzip${NOT_REFUSED}`, 'i'), br: new RegExp(`\\bbr${NOT_REFUSED}`, 'i') } as const;

/** Whether a caller's `accept-encoding` takes this one. */
export const takesEncoding = (encoding: keyof typeof TAKES, accepted: string | undefined): boolean =>
  TAKES[encoding].test(accepted ?? '');

/** A text as gzip, packed on another thread; null where the caller takes none, or it is not worth the while. */
export async function compressed(text: string, accepted: string | undefined): Promise<Buffer | null> {
  return text.length < BYTES_MIN || !takesEncoding('gzip', accepted) ? null : gzipped(text, { level: LEVEL });
}
