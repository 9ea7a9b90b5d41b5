/**
 * JSON without spaces, the names of each object in the order of their characters: one text for one object, to be kept
 * and hashed.
 */
export function frozenText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(frozenText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${frozenText(inner)}`).join(',')}}`;
}
