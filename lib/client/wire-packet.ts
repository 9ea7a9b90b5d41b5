import type { PacketName, Sending } from './wire.ts';

/** How the names of the growing red packet are sent; its pages teach them to the wire. */
export const PACKET_WIRE = {
  'public.packets': 'GET',
  'packet.page': 'GET',
  'packet.mine': 'GET',
  'packet.issue': 'again',
  'packet.accept': 'again',
  'packet.visit': 'again',
} as const satisfies { readonly [N in PacketName]: Sending<N> };
