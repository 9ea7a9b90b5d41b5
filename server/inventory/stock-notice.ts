/** Postgres refuses a notice of 8,000 bytes; this leaves room. */
export const NOTICE_BYTES_MAX = 7_000;

/** What `pg_notify('stock', …)` carries: the SKUs that have changed, or `*` (read all again) when they are too many. */
export function stockNotice(skuIds: Iterable<string>): string {
  const text = [...skuIds].join(',');
  return Buffer.byteLength(text) > NOTICE_BYTES_MAX ? '*' : text;
}
