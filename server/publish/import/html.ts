/** Named references that shop texts use; the numeric forms are read for all characters. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  yen: '¥',
  euro: '€',
  pound: '£',
  cent: '¢',
  sect: '§',
  para: '¶',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  ccedil: 'ç',
  ntilde: 'ñ',
  oacute: 'ó',
  iacute: 'í',
  uacute: 'ú',
  zwnj: '',
  zwj: '',
  shy: '',
};

/** Elements whose text is not for readers. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'head', 'title']);
/** Elements that stand on lines of their own. */
const BLOCK = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'section',
  'article',
  'header',
  'footer',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dl',
  'dt',
  'dd',
  'hr',
  'figure',
  'figcaption',
  'thead',
  'tbody',
]);

function reference(name: string): string | null {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    if (!Number.isInteger(code) || code <= 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\uFFFD';
    return String.fromCodePoint(code);
  }
  return NAMED[name] ?? null;
}

function decodeReferences(text: string): string {
  return text.replace(
    /&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});/g,
    (whole, name: string) => reference(name) ?? whole,
  );
}

/** Index after the `>` that ends the tag starting at `from`; quotes inside attributes may hold `>`. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let i = from; i < html.length; i++) {
    const char = html[i]!;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i + 1;
  }
  return -1;
}

/** Lines trimmed, runs of blanks and of empty lines made one; no control characters but the line break. */
export function tidyText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028\u2029\ufeff]/g, (char) =>
        char === '\u2028' || char === '\u2029' ? '\n' : '',
      )
      .split('\n')
      .map((line) => line.replace(/[ \t\u00a0\u3000]+/g, ' ').trim())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

/**
 * Plain text of an HTML fragment. What comes out is text and nothing else: `&lt;b&gt;` becomes the characters `<b>`,
 * to be escaped by whoever shows it. Linear in the length; unclosed tags, comments and scripts end the text.
 */
export function htmlToText(written: string): string {
  // Where blocks make the lines, line breaks of the source are blanks; a text without markup keeps its own.
  const html = /<(p|br|div|li|h[1-6]|table)\b/i.test(written) ? written.replace(/[\r\n]+/g, ' ') : written;
  let out = '';
  let i = 0;
  while (i < html.length) {
    const open = html.indexOf('<', i);
    if (open === -1) {
      out += decodeReferences(html.slice(i));
      break;
    }
    out += decodeReferences(html.slice(i, open));
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      if (end === -1) break;
      i = end + 3;
      continue;
    }
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)|^<[!?]/.exec(html.slice(open, open + 40));
    if (!tag) {
      // "小于 < 5": no tag.
      out += '<';
      i = open + 1;
      continue;
    }
    const end = tagEnd(html, open + 1);
    if (end === -1) break;
    const name = (tag[2] ?? '').toLowerCase();
    if (BLOCK.has(name)) out += name === 'li' && !tag[1] ? '\n· ' : '\n';
    else if (name === 'td' || name === 'th') out += ' ';
    i = end;
    if (SILENT.has(name) && !tag[1] && html[end - 2] !== '/') {
      const closing = new RegExp(`</${name}`, 'gi');
      closing.lastIndex = end;
      const close = closing.exec(html);
      if (!close) break;
      i = close.index;
    }
  }
  return tidyText(out);
}
