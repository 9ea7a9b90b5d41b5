/*
 * - share domain: a host of its own that leads here for share links only, so that a block of it blocks no shop
 * - current:      the one that links are shown with
 */

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * A host as an operator may write it, with a port at the most: lower case, in letters that DNS knows. Null for anything
 * else: an address of numbers, a scheme, a path, a user.
 */
export function shareHost(given: string): string | null {
  const [, name = '', port] = /^([^:/?#@\s]+?)\.?(?::(\d{1,5}))?$/.exec(given.trim().toLowerCase()) ?? [];
  const labels = name.split('.');
  if (labels.length < 2 || name.length > 253 || !labels.every((label) => LABEL.test(label))) return null;
  // A last label of digits is a part of an IPv4 address, not of a name.
  if (/^\d+$/.test(labels.at(-1) ?? '') || Number(port ?? 0) > 65_535) return null;
  return port === undefined ? name : `${name}:${Number(port)}`;
}

/** A host that says nothing of its own name: an address of numbers, or this machine. Whoever asks so has found us by himself. */
export function isNameless(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name.startsWith('[') || /^[\d.]+$/.test(name);
}

/** What was counted on one host in some hours. */
export type DomainCounts = { readonly shares: number; readonly opens: number; readonly wechatOpens: number };

export type Suspicion = { readonly of: 'all' | 'wechat'; readonly seen: number; readonly expected: number };

/** Hours that are looked at, and hours before them that say what is usual. */
export const RECENT_HOURS = 3;
export const USUAL_HOURS = 7 * 24;
/** Fewer than this many expected openings may fail to come by chance. */
const EXPECTED_MIN = 30;
/** Less than this part of what was expected is no chance and no slow hour. */
const PART_MIN = 0.2;

/**
 * Whether openings have dropped against what was handed out, as they do when an app blocks a domain: nobody tells us of a
 * block. WeChat is looked at for itself, because it blocks for itself.
 */
export function suspicionOf(usual: DomainCounts, recent: DomainCounts): Suspicion | null {
  if (usual.shares === 0) return null;
  const expect = (opens: number) => (opens / usual.shares) * recent.shares;
  for (const [of, before, seen] of [
    ['all', usual.opens, recent.opens],
    ['wechat', usual.wechatOpens, recent.wechatOpens],
  ] as const) {
    const expected = expect(before);
    if (expected >= EXPECTED_MIN && seen < expected * PART_MIN) return { of, seen, expected };
  }
  return null;
}

/** Why a domain gave no proof that it leads here: its name, its port, its certificate, its silence, or somebody else's answer. */
export const PROBE_FAULTS = ['dns', 'refused', 'tls', 'timeout', 'other_site'] as const;
export type ProbeFault = (typeof PROBE_FAULTS)[number];
