/** Where hashed scripts and styles are. */
export const STATIC = '/_next/static/';
const NO_MODULE = /<script\b[^>]*\bnomodule\b[^>]*>/gi;
const ASSET = /\/_next\/static\/(?:chunks|media)\/[^"'\\?\s<>]+\.(?:js|css)/g;

/** Addresses of the scripts and styles that a page asks for in a browser of today, each once. */
export function assetsOf(html: string): readonly string[] {
  return [...new Set(html.replace(NO_MODULE, '').match(ASSET) ?? [])];
}
