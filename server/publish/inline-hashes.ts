import { createHash } from 'node:crypto';

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
const STYLE = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;
/** Blocks of data are never run, so the policy does not ask about them. */
const DATA_BLOCK = /\btype="(?:application\/(?:ld\+)?json|speculationrules)"/i;

function source(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** CSP sources of the inline scripts and style elements of one published page, each named once. */
export function inlineHashes(html: string): { scripts: string[]; styles: string[] } {
  const scripts = new Set<string>();
  for (const [, attributes = '', text = ''] of html.matchAll(SCRIPT)) {
    if (/\bsrc=/i.test(attributes) || DATA_BLOCK.test(attributes) || text === '') continue;
    scripts.add(source(text));
  }
  const styles = new Set([...html.matchAll(STYLE)].map(([, text = '']) => source(text)));
  return { scripts: [...scripts], styles: [...styles] };
}
