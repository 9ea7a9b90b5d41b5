export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type Bytes = AsyncIterable<Uint8Array>;

/** Counts what of a stream is well-formed UTF-8. Works on any cut of the stream into chunks. */
function utf8Counter() {
  let wanted = 0;
  let got = 0;
  let isLong = false;
  let low = 0x80;
  let high = 0xbf;
  const count = { long: 0, invalid: 0, zero: 0, zeroAtEven: 0, size: 0 };

  function lead(byte: number): void {
    got = 0;
    low = 0x80;
    high = 0xbf;
    if (byte < 0xc2 || byte > 0xf4) {
      count.invalid++;
      return;
    }
    wanted = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    isLong = wanted > 1;
    // The first byte after these four is narrower: overlong forms, surrogates, beyond U+10FFFF.
    if (byte === 0xe0) low = 0xa0;
    else if (byte === 0xed) high = 0x9f;
    else if (byte === 0xf0) low = 0x90;
    else if (byte === 0xf4) high = 0x8f;
  }

  return {
    count,
    add(chunk: Uint8Array): void {
      for (const byte of chunk) {
        count.size++;
        if (wanted > 0) {
          if (byte >= low && byte <= high) {
            low = 0x80;
            high = 0xbf;
            got++;
            if (got === wanted) {
              wanted = 0;
              if (isLong) count.long++;
            }
            continue;
          }
          count.invalid++;
          wanted = 0;
        }
        if (byte >= 0x80) lead(byte);
        else if (byte === 0) {
          count.zero++;
          if (count.size % 2 === 1) count.zeroAtEven++;
        }
      }
    },
    end(): void {
      if (wanted > 0) count.invalid++;
    },
  };
}

/**
 * Says in which encoding a file was written, by reading it through once.
 *
 * A byte order mark decides. Without one: well-formed UTF-8 is UTF-8. A file with many whole Chinese characters in
 * UTF-8 and a few broken bytes is still UTF-8, and the broken bytes are refused where they stand: read as GB18030 its
 * every word would come in wrong without a sign. Text that is hardly ever well-formed UTF-8 is GB18030.
 */
export async function detectEncoding(bytes: Bytes): Promise<Encoding> {
  const counter = utf8Counter();
  const head: number[] = [];
  for await (const chunk of bytes) {
    for (let i = 0; head.length < 3 && i < chunk.length; i++) head.push(chunk[i]!);
    counter.add(chunk);
  }
  counter.end();
  const { count } = counter;
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  // UTF-16 without a mark: every second byte of the markup and the digits is zero.
  if (count.zero * 5 > count.size) return count.zeroAtEven * 2 > count.zero ? 'utf-16be' : 'utf-16le';
  if (count.invalid === 0 || count.long > count.invalid) return 'utf-8';
  return 'gb18030';
}

/** Text of a byte stream, without its byte order mark; what cannot be read becomes U+FFFD, which the rows refuse. */
export async function* decodeText(bytes: Bytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
