import { SaxesParser, type SaxesTagNS } from 'saxes';
import { UnusableFile } from './problem.ts';

/** One item of a product feed: the texts of its direct children, by local name (`title`, `price`, …). */
export type FeedItem = { readonly line: number; readonly fields: ReadonlyMap<string, readonly string[]> };

const GOOGLE = 'http://base.google.com/ns/1.0';
const ATOM = 'http://www.w3.org/2005/Atom';
const ITEM_CHARS_MAX = 1_000_000;
const DEPTH_MAX = 64;

/**
 * Reads RSS 2.0 (`item`) and Atom (`entry`) product feeds piece by piece. Fields are taken from Google's namespace and
 * from the feed's own; Google's wins. Entities other than XML's five and numbers do not exist here, nothing outside
 * the file is ever read, and broken XML gives up the file with its line: what follows cannot be trusted.
 */
export function feedReader() {
  const parser = new SaxesParser({ xmlns: true });
  let done: FeedItem[] = [];
  let depth = 0;
  let itemDepth = 0;
  let itemLine = 0;
  let itemChars = 0;
  let google = new Map<string, string[]>();
  let plain = new Map<string, string[]>();
  let field: { name: string; isGoogle: boolean } | null = null;
  let text = '';
  // Characters since the last tag: saxes keeps a text until a tag ends it.
  let quietChars = 0;

  parser.on('error', (error) => {
    // saxes says "line:column: what"; the line is said apart.
    throw new UnusableFile(parser.line, 'xml_broken', { reason: error.message.replace(/^\d+:\d+: /, '') });
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    depth++;
    quietChars = 0;
    if (depth > DEPTH_MAX)
      throw new UnusableFile(parser.line, 'xml_broken', { reason: `${DEPTH_MAX}+ nested elements` });
    if (itemDepth === 0) {
      if (tag.local === 'item' || (tag.local === 'entry' && (tag.uri === ATOM || tag.uri === ''))) {
        itemDepth = depth;
        itemLine = parser.line;
        itemChars = 0;
        google = new Map();
        plain = new Map();
      }
    } else if (depth === itemDepth + 1) {
      const isGoogle = tag.uri === GOOGLE;
      field = isGoogle || tag.uri === '' || tag.uri === ATOM ? { name: tag.local, isGoogle } : null;
      text = '';
    }
  });
  const onText = (piece: string) => {
    if (field === null || depth !== itemDepth + 1) return;
    itemChars += piece.length;
    if (itemChars > ITEM_CHARS_MAX) throw new UnusableFile(itemLine, 'record_too_long', { max: ITEM_CHARS_MAX });
    text += piece;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    quietChars = 0;
    if (itemDepth !== 0 && depth === itemDepth) {
      itemDepth = 0;
      done.push({ line: itemLine, fields: new Map([...plain, ...google]) });
    } else if (field !== null && depth === itemDepth + 1) {
      const into = field.isGoogle ? google : plain;
      const texts = into.get(field.name);
      if (texts) texts.push(text);
      else into.set(field.name, [text]);
      field = null;
    }
    depth--;
  });

  return {
    push(chunk: string): FeedItem[] {
      quietChars += chunk.length;
      parser.write(chunk);
      if (quietChars > 2 * ITEM_CHARS_MAX) {
        throw new UnusableFile(parser.line, 'record_too_long', { max: ITEM_CHARS_MAX });
      }
      const items = done;
      done = [];
      return items;
    },
    end(): FeedItem[] {
      parser.close();
      return done;
    },
  };
}
