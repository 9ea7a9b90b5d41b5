import { extname } from 'node:path';

/*
 * Words used by the publisher and by the edge that serves what was published:
 *
 * - release:  one published shop, a folder `releases/<id>` that never changes once it is current
 * - www:      the folder of a release that browsers see; each text file has `.br` and `.gz` beside it
 * - current:  the symbolic link that names the release being served; moving it is the whole deployment
 * - kept:     hashed files of earlier releases, served on because open tabs and installed apps still name them
 */

/** How long a file may be kept by browsers and CDNs. */
export type Kind = 'hashed' | 'page' | 'worker' | 'short';

export type ReleaseFile = {
  /** Relative to `www`. */
  readonly file: string;
  readonly type: string;
  readonly kind: Kind;
  /** Weak, the same for each encoding. */
  readonly etag: string;
  readonly bytes: number;
  /** Bytes of `file + '.br'`; absent where compressing gains nothing. */
  readonly br?: number;
  readonly gz?: number;
};

/** `release.json`. */
export type Release = {
  readonly id: string;
  /** Of everything the release was made from; the same fingerprint needs no new release. */
  readonly fingerprint: string;
  readonly publishedAt: number;
  /** By URL path, decoded, without a query. */
  readonly files: Readonly<Record<string, ReleaseFile>>;
  /** Files of earlier releases by their place in `www`, with the moment (epoch ms) they were last part of the shop. */
  readonly kept: Readonly<Record<string, number>>;
};

/** `headers.json`: headers of single pages by URL path. `{host}` stands for the host that the browser asked. */
export type PageHeaders = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const CACHE_CONTROL: Readonly<Record<Kind, string>> = {
  hashed: 'public, max-age=31536000, immutable',
  page: 'public, max-age=0, s-maxage=60, stale-while-revalidate=600',
  worker: 'no-cache',
  short: 'public, max-age=3600',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/x-component; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The media type of a published file. Route data (`.txt`) is Next's own; robots.txt is for robots. */
export function typeOf(file: string): string {
  if (file === 'robots.txt') return 'text/plain; charset=utf-8';
  return TYPES[extname(file)] ?? 'application/octet-stream';
}

/** Whether brotli and gzip gain anything on such a file. */
export function isText(type: string): boolean {
  return /^text\/|json|xml|wasm/.test(type);
}

/** A path in `www` whose name changes with its content. */
export function isHashed(file: string): boolean {
  return /^(_next\/static|img|store-files)\//.test(file) || /^search-index\.[0-9a-f]+\.json$/.test(file);
}

export function kindOf(file: string): Kind {
  if (isHashed(file)) return 'hashed';
  if (file === 'sw.js' || file === 'sw-kill.js') return 'worker';
  if (/^icons\/|^favicon\.svg$|\.webmanifest$|^robots\.txt$|\.ico$/.test(file)) return 'short';
  return 'page';
}

/** The address under which browsers ask for a file: pages lose their `.html`, an index its name. */
export function urlPathOf(file: string): string {
  if (!file.endsWith('.html')) return `/${file}`;
  const page = `/${file.slice(0, -'.html'.length)}`;
  return page.endsWith('/index') ? page.slice(0, -'index'.length).replace(/(.)\/$/, '$1') : page;
}

/**
 * Every page refuses frames, foreign scripts, plug-ins and guessing of types; `scripts` are `'sha256-…'` sources.
 * @param given `mayCompile`: the page reads QR codes with our own WebAssembly, which is compiled where it runs
 */
export function contentSecurityPolicy(
  scripts: readonly string[],
  styles: readonly string[],
  { mayCompile = false }: { mayCompile?: boolean } = {},
): string {
  return [
    "default-src 'self'",
    ['script-src', "'self'", ...(mayCompile ? ["'wasm-unsafe-eval'"] : []), ...scripts].join(' '),
    ['style-src', "'self'", ...styles].join(' '),
    // React writes style attributes into the HTML; they cannot run code.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // 'self' does not cover WebSockets in every browser that we support.
    "connect-src 'self' ws://{host} wss://{host}",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}

/** The one page that looks through a camera, and compiles the reader of what it sees. */
const CAMERA_PAGE = '/counter';

const permissionsPolicy = (camera: string) =>
  `camera=${camera}, microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=(), display-capture=()`;

/** The headers of one page, by its address. */
export function pageHeaders(
  path: string,
  scripts: readonly string[],
  styles: readonly string[],
): Readonly<Record<string, string>> {
  if (path !== CAMERA_PAGE) return { 'content-security-policy': contentSecurityPolicy(scripts, styles) };
  return {
    'content-security-policy': contentSecurityPolicy(scripts, styles, { mayCompile: true }),
    'permissions-policy': permissionsPolicy('(self)'),
  };
}

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': permissionsPolicy('()'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
