'use client';

import type { ReactNode } from 'react';
import type { Person } from '../../lib/contracts/identity.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { StaffFrame } from '../staff/staff-frame.tsx';

const places = [
  { href: '/ops', icon: 'orders', word: 'orders' },
  { href: '/ops/stock', icon: 'box', word: 'stock' },
  { href: '/ops/transfers', icon: 'truck', word: 'transfers' },
  { href: '/ops/stores', icon: 'home', word: 'stores' },
  { href: '/ops/offers', icon: 'place', word: 'offers' },
  { href: '/ops/sessions', icon: 'clock', word: 'sessions' },
  { href: '/ops/promotions', icon: 'gift', word: 'promotions' },
  { href: '/ops/coupons', icon: 'ticket', word: 'coupons' },
  { href: '/ops/teams', icon: 'person', word: 'teams' },
  { href: '/ops/packets', icon: 'flame', word: 'packets' },
  { href: '/ops/risk', icon: 'warning', word: 'risk' },
  { href: '/ops/messages', icon: 'bell', word: 'messages' },
  { href: '/ops/payments', icon: 'wallet', word: 'payments' },
  { href: '/ops/checks', icon: 'check', word: 'checks' },
] as const;
const isOperator = (role: Person['role']) => role === 'operator';

/** The counter of operators. */
export function OpsFrame({ children }: { children: ReactNode }) {
  return (
    <StaffFrame words={opsMessages} places={places} mayEnter={isOperator}>
      {children}
    </StaffFrame>
  );
}
