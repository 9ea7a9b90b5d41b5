import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The 16-bit groups of an IPv6 address, `::` filled up. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}

/** The neighbourhood of an address: /24 of IPv4, /64 of IPv6. */
export function clusterOf(address: string): string {
  const four = MAPPED.exec(address)?.[1] ?? address;
  if (isIPv4(four)) return `${four.split('.').slice(0, 3).join('.')}.0/24`;
  const groups = groupsOf(four).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * Keyed hashes: who has the table and not the installation's secret learns no address, device or payer from it, not even
 * by trying all there are.
 */
export function riskHashes(secret: string) {
  const key = createHmac('sha256', secret).update('risk').digest();
  const hash = (kind: string, text: string) =>
    createHmac('sha256', key).update(`${kind}:${text}`).digest('base64url').slice(0, 27);
  return {
    address: (address: string) => hash('address', clusterOf(address)),
    /** @param id the device's public name, SHA-256 of its key */
    device: (id: string) => hash('device', id),
    payer: (channel: string, payerId: string) => hash('payer', `${channel}:${payerId}`),
    /** Of receivers and addresses as lib/domain/risk/order-review.ts writes them. */
    phone: (phone: string) => hash('phone', phone),
    delivery: (address: string) => hash('delivery', address),
    session: (token: string) => hash('session', token),
    /** What operators call a person. */
    person: (shopperId: string) => hash('person', shopperId).slice(0, 8),
  };
}

export type RiskHashes = ReturnType<typeof riskHashes>;
