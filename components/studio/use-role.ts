'use client';

import { useMe } from '../../lib/client/session.ts';

/** What whoever looks at the studio may do in it. */
export function useRole(): { readonly isMarketer: boolean; readonly isOperator: boolean } {
  const { person } = useMe();
  return { isMarketer: person?.role === 'marketer', isOperator: person?.role === 'operator' };
}
