import type { EpochMs } from '../time.ts';

/** One link as attribution sees it. */
export type Link = {
  readonly id: number;
  readonly campaignId: string;
  /** The link through which its maker had come; null at the root of a tree. */
  readonly parentId: number | null;
  /** The visit that proves it; null at a root. */
  readonly parentVisitId: number | null;
  /** The person who made it; null for a link of the shop itself. */
  readonly sharerId: string | null;
  /** The maker's browser; null where a marketer made it at his desk. */
  readonly visitorId: string | null;
  readonly madeAt: EpochMs;
};

export type Visit = {
  readonly id: number;
  readonly linkId: number;
  readonly visitorId: string;
  readonly at: EpochMs;
  /** When the visitor did something on the page; null: he may have been a picture of a page, or a robot. */
  readonly touchedAt: EpochMs | null;
};

/** What attribution may look at: links and visits by their ids. Visits hold at least the buyer's and all that prove a link. */
export type SpreadFacts = {
  readonly links: ReadonlyMap<number, Link>;
  readonly visits: ReadonlyMap<number, Visit>;
};

export type Buyer = {
  readonly personId: string;
  /** His browsers: those in which he has signed in. */
  readonly visitorIds: ReadonlySet<string>;
};

/** Longer is no chain of people. Trees are cut off at this depth when they grow. */
export const DEPTH_MAX = 64;
/** Children of one link; who comes after them begins a tree of his own. */
export const CHILDREN_MAX = 100_000;

/** Whether `link` may say that its maker came through `parent`: later, in its campaign, by a touch of its maker's own. */
function isLed(link: Link, parent: Link, visits: SpreadFacts['visits']): boolean {
  const proof = link.parentVisitId === null ? undefined : visits.get(link.parentVisitId);
  return (
    parent.campaignId === link.campaignId &&
    parent.madeAt <= link.madeAt &&
    proof !== undefined &&
    proof.linkId === parent.id &&
    proof.visitorId === link.visitorId &&
    proof.touchedAt !== null &&
    proof.touchedAt <= link.madeAt
  );
}

/**
 * The links from this one up to its root, or null when they are no true chain: a parent that is missing, made later, of
 * another campaign, that its maker never touched, or a circle.
 */
export function chainOf(linkId: number, { links, visits }: SpreadFacts): readonly Link[] | null {
  const chain: Link[] = [];
  let link = links.get(linkId);
  while (link) {
    if (chain.length > DEPTH_MAX) return null;
    chain.push(link);
    if (link.parentId === null) return link.parentVisitId === null ? chain : null;
    const parent = links.get(link.parentId);
    if (!parent || !isLed(link, parent, visits)) return null;
    link = parent;
  }
  return null;
}

/** Whether the buyer made one of these links himself: what comes back to him was his own doing and earns nothing. */
function isOwn(chain: readonly Link[], { personId, visitorIds }: Buyer): boolean {
  return chain.some(
    ({ sharerId, visitorId }) => sharerId === personId || (visitorId !== null && visitorIds.has(visitorId)),
  );
}

export type Touch = {
  readonly visitId: number;
  readonly linkId: number;
  readonly visitorId: string;
  readonly at: EpochMs;
};

/**
 * The touches that led to an order, oldest first: visits of the buyer's browsers to links of this campaign, touched before
 * he ordered and not longer ago than the window, on true chains that he is not part of.
 */
export function effectiveTouches(
  facts: SpreadFacts,
  order: { readonly buyer: Buyer; readonly campaignId: string; readonly placedAt: EpochMs; readonly windowMs: number },
): Touch[] {
  const { buyer, campaignId, placedAt, windowMs } = order;
  const touches: Touch[] = [];
  for (const { id, linkId, visitorId, at, touchedAt } of facts.visits.values()) {
    if (!buyer.visitorIds.has(visitorId) || touchedAt === null || touchedAt > placedAt) continue;
    if (at > placedAt || placedAt - at > windowMs || facts.links.get(linkId)?.campaignId !== campaignId) continue;
    const chain = chainOf(linkId, facts);
    if (chain && !isOwn(chain, buyer)) touches.push({ visitId: id, linkId, visitorId, at });
  }
  return touches.sort((a, b) => a.at - b.at || a.visitId - b.visitId);
}
