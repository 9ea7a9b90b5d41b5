'use client';

import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Address, one line and the price, in their final boxes. */
export function CheckoutSkeleton() {
  const words = useMessages(appShellMessages);
  return (
    <div role="status" aria-label={words.loading} className="flex flex-col gap-3 gutter pt-3">
      <Skeleton className="h-21 rounded-card" />
      <Skeleton className="h-28 rounded-card" />
      <Skeleton className="h-36 rounded-card" />
    </div>
  );
}
