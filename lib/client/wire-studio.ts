import type { Sending, StudioName } from './wire.ts';

/** How the names of the studio are sent; whoever needs one teaches them to the wire. */
export const STUDIO_WIRE = {
  'studio.campaigns': 'GET',
  'studio.saveCampaign': 'again',
  'studio.makeLink': 'POST',
  'studio.bulkLinks': 'again',
  'studio.stopLink': 'again',
  'studio.links': 'GET',
  'studio.link': 'GET',
  'studio.funnel': 'GET',
  'studio.figures': 'GET',
  'studio.compare': 'GET',
  'studio.channels': 'GET',
  'studio.spreaders': 'GET',
  'studio.models': 'GET',
  'studio.graph': 'GET',
  'studio.search': 'GET',
  'studio.subtree': 'GET',
  'studio.live': 'GET',
  'studio.export': 'GET',
  'studio.tokens': 'GET',
  'studio.makeToken': 'POST',
  'studio.revokeToken': 'again',
  'studio.domains': 'GET',
} as const satisfies { readonly [N in StudioName]: Sending<N> };
