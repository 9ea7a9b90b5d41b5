import { codeIn, teamPath } from './team-link.ts';

/** The Chinese address of a growing packet's page. */
export function packetPath(code: string): string {
  return `/g?c=${encodeURIComponent(code)}`;
}

/**
 * Where a text that was pasted leads: a link says itself whether it is a team's or a packet's, a code alone is meant for
 * the page that asks (`pathOf`). Null when there is no code in it.
 */
export function invitePathIn(text: string, pathOf: (code: string) => string): string | null {
  const code = codeIn(text);
  if (code === null) return null;
  const page = text.match(/\/(t|g)\/?\?/)?.[1];
  return page === 't' ? teamPath(code) : page === 'g' ? packetPath(code) : pathOf(code);
}
