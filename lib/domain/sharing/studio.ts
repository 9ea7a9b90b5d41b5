/** What a token of the API may do: look, make and stop links, take tables away. */
export const TOKEN_SCOPES = ['read', 'links', 'export'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The tables of a campaign that can be taken away. */
export const EXPORTS = ['links', 'spreaders', 'channels', 'orders'] as const;
export type ExportName = (typeof EXPORTS)[number];
