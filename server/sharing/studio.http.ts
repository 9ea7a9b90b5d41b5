import {
  opsAddShareDomain,
  opsRetireShareDomain,
  opsSwitchShareDomain,
  studioDomains,
} from '../../lib/contracts/share-domains.ts';
import {
  studioChannels,
  studioCompare,
  studioFigures,
  studioFunnel,
  studioModels,
  studioSpreaders,
} from '../../lib/contracts/studio-figures.ts';
import { studioGraph, studioLive, studioSearch, studioSubtree } from '../../lib/contracts/studio-graph.ts';
import {
  studioBulkLinks,
  studioCampaigns,
  studioLink,
  studioLinks,
  studioMakeLink,
  studioSaveCampaign,
  studioStopLink,
} from '../../lib/contracts/studio-links.ts';
import { studioExport, studioMakeToken, studioRevokeToken, studioTokens } from '../../lib/contracts/studio-tokens.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { listCampaigns, saveCampaign } from './campaigns.ts';
import { addDomain, listDomains, retireDomain, switchDomain } from './domain-commands.ts';
import type { Probe } from './domain-probe.ts';
import { exportTable } from './export.ts';
import { compareCampaigns, readChannels, readFigures } from './figures.ts';
import { readFunnel } from './funnel.ts';
import { readGraph } from './graph.ts';
import { compareModels } from './models.ts';
import type { ShareDeps } from './share.http.ts';
import { bulkLinks, makeLink, stopLink } from './shop-links.ts';
import { readSpreaders } from './spreaders.ts';
import { listLinks, readLink, readSubtree, searchLinks } from './studio-links.ts';
import type { StudioRooms } from './studio-rooms.ts';
import { hasCampaign } from './studio-sql.ts';
import { listTokens, makeToken, revokeToken } from './tokens.ts';

type StudioDeps = Pick<ShareDeps, 'db' | 'links' | 'domains'> & { readonly rooms: StudioRooms; readonly probe: Probe };

/** What operators say of share domains. The edge that is told knows at once, the others within five seconds. */
function domainRoutes({ db, domains, probe }: StudioDeps): Route[] {
  async function changed<A>(doing: Promise<A>): Promise<A> {
    const answer = await doing;
    await domains.refresh();
    return answer;
  }
  return [
    handle(studioDomains, async () => accept(await listDomains(db, domains.ownHost))),
    handle(opsAddShareDomain, ({ host }, { shopperId }) =>
      changed(addDomain(db, shopperId, { host, ownHost: domains.ownHost })),
    ),
    handle(opsSwitchShareDomain, (request, { shopperId }) => changed(switchDomain(db, shopperId, request, probe))),
    handle(opsRetireShareDomain, (request, { shopperId }) => changed(retireDomain(db, shopperId, request))),
  ];
}

/** What marketers ask. */
export function studioRoutes(deps: StudioDeps): Route[] {
  const { db, links, domains, rooms } = deps;
  const { urlFor } = domains;
  return [
    handle(studioCampaigns, async () => accept(await listCampaigns(db))),
    handle(studioSaveCampaign, (request, { shopperId }) => saveCampaign(db, shopperId, request)),
    handle(studioMakeLink, async (request, { shopperId, headers }) => {
      const made = await makeLink(db, shopperId, request, urlFor(headers));
      if (made.ok) domains.countShares(1);
      return made;
    }),
    handle(studioBulkLinks, async (request, { shopperId, headers }) => {
      const made = await bulkLinks(db, shopperId, request, urlFor(headers));
      if (made.ok && made.value.isDone) domains.countShares(made.value.links.length);
      return made;
    }),
    handle(studioStopLink, async ({ code }) => {
      const stopped = await stopLink(db, code);
      links.forget(code);
      return stopped;
    }),
    handle(studioLinks, (request, { headers }) => listLinks(db, request, urlFor(headers))),
    handle(studioLink, ({ code }, { headers }) => readLink(db, code, urlFor(headers))),
    handle(studioFunnel, ({ campaignId }) => readFunnel(db, campaignId)),
    handle(studioFigures, ({ campaignId }) => readFigures(db, campaignId)),
    handle(studioCompare, (request) => compareCampaigns(db, request)),
    handle(studioChannels, ({ campaignId }) => readChannels(db, campaignId)),
    handle(studioSpreaders, ({ campaignId }) => readSpreaders(db, campaignId)),
    handle(studioModels, ({ campaignId }) => compareModels(db, campaignId)),
    handle(studioGraph, (request) => readGraph(db, request)),
    handle(studioSearch, (request) => searchLinks(db, request)),
    handle(studioExport, (request, { headers }) => exportTable(db, request, urlFor(headers))),
    handle(studioLive, async ({ campaignId }) => {
      if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
      return accept(rooms.keyOf(campaignId, await databaseNow(db)));
    }),
    ...domainRoutes(deps),
    handle(studioTokens, async () => accept(await listTokens(db))),
    handle(studioMakeToken, (request, { shopperId }) => makeToken(db, shopperId, request)),
    handle(studioRevokeToken, ({ id }, { shopperId }) => revokeToken(db, shopperId, id)),
    handle(studioSubtree, ({ code }, { headers }) => readSubtree(db, code, urlFor(headers))),
  ];
}
