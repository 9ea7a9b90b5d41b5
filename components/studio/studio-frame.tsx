'use client';

import type { ReactNode } from 'react';
import { learnWire } from '../../lib/client/wire.ts';
import { STUDIO_WIRE } from '../../lib/client/wire-studio.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { StaffFrame } from '../staff/staff-frame.tsx';

learnWire(STUDIO_WIRE);

const places = [
  { href: '/studio', icon: 'flame', word: 'campaigns', inside: ['/studio/campaign'] },
  { href: '/studio/compare', icon: 'grid', word: 'compare' },
  { href: '/studio/tokens', icon: 'settings', word: 'tokens' },
  { href: '/studio/domains', icon: 'globe', word: 'domains' },
] as const;
const mayLook = (role: Person['role']) => role === 'marketer' || role === 'operator';

/** The marketers' studio; operators may look, and switch domains. */
export function StudioFrame({ children }: { children: ReactNode }) {
  return (
    <StaffFrame words={studioMessages} places={places} mayEnter={mayLook}>
      {children}
    </StaffFrame>
  );
}
