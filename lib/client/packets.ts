'use client';
import { call } from './api.ts';
import { useCampaigns, useOwn } from './campaign-lists.ts';
import { learnWire } from './wire.ts';
import { PACKET_WIRE } from './wire-packet.ts';

learnWire(PACKET_WIRE);

const readCampaigns = () => call('public.packets', {});
const readMine = () => call('packet.mine', {});

/** Campaigns of growing packets that run or will. */
export const usePacketCampaigns = () => useCampaigns(readCampaigns);

/** This shopper's growing packets, and those of others that he has visited. */
export const useOwnPackets = () => useOwn('packets', readMine);
