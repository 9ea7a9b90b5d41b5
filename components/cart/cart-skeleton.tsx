'use client';

import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Three lines in their final boxes. */
export function CartSkeleton() {
  const words = useMessages(appShellMessages);
  return (
    <div role="status" aria-label={words.loading} className="gutter pt-3">
      <div className="rounded-card bg-card p-3 shadow-card">
        <Skeleton className="mb-4 h-6 w-32" />
        {[0, 1, 2].map((index) => (
          <div key={index} className="flex gap-3 py-3">
            <Skeleton className="ml-7 size-22 shrink-0" />
            <div className="flex flex-1 flex-col gap-2">
              <Skeleton className="h-5 w-full" />
              <Skeleton className="h-4 w-1/2" />
              <Skeleton className="mt-auto h-6 w-20" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
