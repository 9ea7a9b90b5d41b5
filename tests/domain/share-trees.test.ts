import { expect, test } from 'vitest';
import { WINDOW_MS } from '../../lib/domain/sharing/attribution.ts';
import type { Link, Visit } from '../../lib/domain/sharing/chain.ts';
import { chainOf, effectiveTouches } from '../../lib/domain/sharing/chain.ts';
import { type PaidOrder, settleCredits } from '../../lib/domain/sharing/settle.ts';
import { toEpochMs } from '../../lib/domain/time.ts';

/*
 * [P28] A share credit is provable. Whole little worlds are drawn at random: people with one or two browsers, links that
 * grow from touches and links that only say so, previews and robots that open everything and touch nothing, people who
 * come back to themselves. What the product credits is held against a second calculation, which knows nothing of chains:
 * it grows the set of honest links from the roots, and the set of links that lead back to a buyer from his own.
 */

const TREES = 100_000;

/** A small generator with a seed (mulberry32): 100,000 worlds cost less than a second of it. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (n: number) => Math.floor(next() * n), maybe: (chance: number) => next() < chance };
}

const CAMPAIGNS = ['autumn', 'winter'] as const;

type World = {
  links: Map<number, Link>;
  visits: Map<number, Visit>;
  orders: PaidOrder[];
  robots: Set<string>;
  /** Links whose maker says that he came through a parent he never touched. */
  liars: Set<number>;
};

function world(seed: number): World {
  const { below, maybe } = dice(seed);
  const links = new Map<number, Link>();
  const visits = new Map<number, Visit>();
  const liars = new Set<number>();
  const robots = new Set(['robot-1', 'robot-2']);
  const people = 2 + below(5);
  const browsers = (person: number) => [`b${person}`, ...(person % 3 === 0 ? [`b${person}-phone`] : [])];
  let now = 1_000_000;
  const later = () => {
    now += maybe(0.05) ? below(5 * 86_400_000) : below(40_000);
    return toEpochMs(now);
  };
  const open = (linkId: number, visitorId: string, touched: boolean): Visit => {
    const at = later();
    const visit = { id: visits.size + 1, linkId, visitorId, at, touchedAt: touched ? toEpochMs(at + 5) : null };
    visits.set(visit.id, visit);
    now += 10;
    return visit;
  };
  const make = (link: Omit<Link, 'id' | 'madeAt'>): Link => {
    const made = { ...link, id: links.size + 1, madeAt: later() };
    links.set(made.id, made);
    return made;
  };
  const root = (person: number | null) =>
    make({
      campaignId: CAMPAIGNS[below(2)] ?? 'autumn',
      parentId: null,
      parentVisitId: null,
      sharerId: person === null ? null : `p${person}`,
      visitorId: person === null ? null : `b${person}`,
    });
  root(maybe(0.3) ? null : below(people));
  const steps = 3 + below(10);
  for (let step = 0; step < steps; step += 1) {
    const target = links.get(1 + below(links.size)) as Link;
    const person = below(people);
    const visitorId = browsers(person)[below(browsers(person).length)] as string;
    const kind = below(10);
    if (kind === 0) root(person);
    else if (kind === 1) open(target.id, [...robots][below(2)] as string, false);
    else if (kind === 2) open(target.id, visitorId, false);
    else if (kind === 3) {
      // A stolen code: he says that he came through it. His proof is another's visit, one without a touch, or none.
      const proofs = [...visits.values()].filter(
        (visit) => visit.visitorId !== visitorId || visit.touchedAt === null || visit.linkId !== target.id,
      );
      const proof = maybe(0.7) ? proofs[below(Math.max(1, proofs.length))] : undefined;
      const link = make({
        campaignId: target.campaignId,
        parentId: target.id,
        parentVisitId: proof?.id ?? null,
        sharerId: `p${person}`,
        visitorId,
      });
      liars.add(link.id);
    } else {
      const visit = open(target.id, visitorId, true);
      if (maybe(0.3)) open(target.id, visitorId, true);
      if (maybe(0.6)) {
        make({
          campaignId: target.campaignId,
          parentId: target.id,
          parentVisitId: visit.id,
          sharerId: `p${person}`,
          visitorId,
        });
      }
    }
  }
  // Somebody ties a knot into the books.
  if (links.size > 2 && maybe(0.05)) {
    const first = links.get(1) as Link;
    const proof = [...visits.values()].find(({ touchedAt }) => touchedAt !== null);
    links.set(1, { ...first, parentId: links.size, parentVisitId: proof?.id ?? null });
    liars.add(1);
  }
  const orders: PaidOrder[] = [];
  for (let n = 0; n < 1 + below(4); n += 1) {
    const person = below(people);
    orders.push({
      orderId: `o${n}`,
      campaignId: CAMPAIGNS[below(2)] ?? 'autumn',
      buyer: { personId: `p${person}`, visitorIds: new Set(browsers(person)) },
      placedAt: maybe(0.8) ? later() : toEpochMs(1_000_000 + below(now - 1_000_000)),
      paidFen: 1 + below(50_000),
    });
  }
  return { links, visits, orders, robots, liars };
}

/** Links whose whole descent is honest: grown from the roots, one generation after the other. */
function honest({ links, visits }: World): Set<number> {
  const grown = new Set(
    [...links.values()].filter((l) => l.parentId === null && l.parentVisitId === null).map((l) => l.id),
  );
  for (let size = -1; size !== grown.size; ) {
    size = grown.size;
    for (const link of links.values()) {
      const parent = link.parentId === null ? undefined : links.get(link.parentId);
      if (!parent || !grown.has(parent.id) || parent.campaignId !== link.campaignId) continue;
      const came = [...visits.values()].some(
        (v) =>
          v.id === link.parentVisitId &&
          v.linkId === parent.id &&
          v.visitorId === link.visitorId &&
          v.touchedAt !== null &&
          v.touchedAt <= link.madeAt,
      );
      if (came && parent.madeAt <= link.madeAt) grown.add(link.id);
    }
  }
  return grown;
}

/** Links that the buyer made, and all that grew from them. */
function ownGrowth({ links }: World, { buyer }: PaidOrder): Set<number> {
  const own = new Set(
    [...links.values()]
      .filter((l) => l.sharerId === buyer.personId || (l.visitorId !== null && buyer.visitorIds.has(l.visitorId)))
      .map((l) => l.id),
  );
  for (let size = -1; size !== own.size; ) {
    size = own.size;
    for (const link of links.values()) if (link.parentId !== null && own.has(link.parentId)) own.add(link.id);
  }
  return own;
}

/** Per order the visits that may be credited, by the second calculation. */
function expected(drawn: World): Map<string, number[]> {
  const good = honest(drawn);
  const done = new Set<string>();
  const answer = new Map<string, number[]>();
  for (const order of drawn.orders) {
    if (done.has(`${order.campaignId} ${order.buyer.personId}`)) continue;
    const own = ownGrowth(drawn, order);
    const ids = [...drawn.visits.values()]
      .filter(
        (v) =>
          order.buyer.visitorIds.has(v.visitorId) &&
          drawn.links.get(v.linkId)?.campaignId === order.campaignId &&
          good.has(v.linkId) &&
          !own.has(v.linkId) &&
          v.touchedAt !== null &&
          v.touchedAt <= order.placedAt &&
          v.at >= order.placedAt - WINDOW_MS,
      )
      .map(({ id }) => id);
    if (ids.length === 0) continue;
    done.add(`${order.campaignId} ${order.buyer.personId}`);
    answer.set(order.orderId, ids);
  }
  return answer;
}

test('[P28] 100,000 share trees: credit only on true chains, one per campaign and person, robots and liars none', () => {
  const rules = new Map(CAMPAIGNS.map((id) => [id as string, { model: 'last' as const, windowMs: WINDOW_MS }]));
  const seen = { credits: 0, liars: 0, selves: 0, untouched: 0, repeats: 0 };
  for (let seed = 1; seed <= TREES; seed += 1) {
    const drawn = world(seed);
    const credits = settleCredits(drawn.orders, drawn, rules, new Set());
    const wanted = expected(drawn);
    const got = new Map(credits.map((c) => [c.orderId, c.touches.map(({ visitId }) => visitId)]));
    // Compared as texts: 100,000 deep comparisons would be the test.
    const text = (map: Map<string, number[]>) =>
      [...map]
        .map(([id, ids]) => `${id}:${ids.toSorted((a, b) => a - b)}`)
        .toSorted()
        .join(';');
    if (text(got) !== text(wanted)) expect(`world ${seed}: ${text(got)}`).toBe(`world ${seed}: ${text(wanted)}`);
    const keys = new Set<string>();
    for (const { campaignId, touches, buyerId } of credits) {
      seen.credits += 1;
      const last = touches.at(-1);
      if (last?.weightPpm !== 1_000_000) throw new Error(`world ${seed}: the last touch does not have it`);
      for (const visitor of new Set(touches.map(({ visitorId }) => visitorId))) {
        const key = `${campaignId} ${visitor}`;
        if (drawn.robots.has(visitor) || keys.has(key)) throw new Error(`world ${seed}: ${visitor} twice, or a robot`);
        keys.add(key);
      }
      if (drawn.links.get(last.linkId)?.sharerId === buyerId) throw new Error(`world ${seed}: a self-share`);
    }
    seen.liars += drawn.liars.size;
    seen.untouched += [...drawn.visits.values()].filter(({ touchedAt }) => touchedAt === null).length;
    seen.selves += drawn.orders.filter((order) => ownGrowth(drawn, order).size > 0).length;
    seen.repeats += drawn.orders.length - credits.length;
  }
  // The worlds were worth drawing: every way to be refused happened often.
  expect(seen.credits).toBeGreaterThan(10_000);
  for (const count of [seen.liars, seen.selves, seen.untouched, seen.repeats]) expect(count).toBeGreaterThan(10_000);
}, 240_000);

test('[P28] each of a person’s browsers earns once: whoever signs in after him on the same phone does not', () => {
  const at = (ms: number) => toEpochMs(ms);
  const links = new Map<number, Link>([
    [
      1,
      {
        id: 1,
        campaignId: 'c',
        parentId: null,
        parentVisitId: null,
        sharerId: 'ann',
        visitorId: 'v-ann',
        madeAt: at(1),
      },
    ],
  ]);
  const visits = new Map<number, Visit>([[1, { id: 1, linkId: 1, visitorId: 'v', at: at(10), touchedAt: at(11) }]]);
  const order = (personId: string, placedAt: number): PaidOrder => ({
    orderId: personId,
    campaignId: 'c',
    buyer: { personId, visitorIds: new Set(['v']) },
    placedAt: at(placedAt),
    paidFen: 100,
  });
  const rules = new Map([['c', { model: 'last' as const, windowMs: WINDOW_MS }]]);
  const credits = settleCredits(
    [order('bob', 20), order('bea', 30), order('bob', 40)],
    { links, visits },
    rules,
    new Set(),
  );
  expect(credits.map(({ orderId }) => orderId)).toEqual(['bob']);
});

test('[P28] the window ends after seven days, to the millisecond', () => {
  const links = new Map<number, Link>([
    [
      1,
      {
        id: 1,
        campaignId: 'c',
        parentId: null,
        parentVisitId: null,
        sharerId: null,
        visitorId: null,
        madeAt: toEpochMs(0),
      },
    ],
  ]);
  const visits = new Map<number, Visit>([
    [1, { id: 1, linkId: 1, visitorId: 'v', at: toEpochMs(1_000), touchedAt: toEpochMs(1_001) }],
  ]);
  const touchesAt = (placedAt: number) =>
    effectiveTouches(
      { links, visits },
      {
        buyer: { personId: 'bob', visitorIds: new Set(['v']) },
        campaignId: 'c',
        placedAt: toEpochMs(placedAt),
        windowMs: WINDOW_MS,
      },
    ).length;
  expect([1_000, 1_001, 1_000 + WINDOW_MS, 1_001 + WINDOW_MS].map(touchesAt)).toEqual([0, 1, 1, 0]);
});

test('[P28] a chain that is deeper than trees grow is no chain', () => {
  const links = new Map<number, Link>();
  const visits = new Map<number, Visit>();
  for (let id = 1; id <= 70; id += 1) {
    const at = toEpochMs(id * 100);
    const made = { id, campaignId: 'c', sharerId: `p${id}`, visitorId: `v${id}`, madeAt: at };
    links.set(id, { ...made, parentId: id === 1 ? null : id - 1, parentVisitId: id === 1 ? null : id });
    visits.set(id, {
      id,
      linkId: id - 1,
      visitorId: `v${id}`,
      at: toEpochMs(id * 100 - 50),
      touchedAt: toEpochMs(id * 100 - 40),
    });
  }
  expect([64, 65, 66, 70].map((id) => chainOf(id, { links, visits })?.length ?? null)).toEqual([64, 65, null, null]);
});
