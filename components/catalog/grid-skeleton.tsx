'use client';

import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The final boxes of a grid of cards. */
export function GridSkeleton() {
  const words = useMessages(appShellMessages);
  return (
    <div aria-busy="true" className="grid grid-cols-2 gap-2 gutter pt-2">
      <p className="sr-only" role="status">
        {words.loading}
      </p>
      {[0, 1, 2, 3].map((index) => (
        <div key={index} className="overflow-hidden rounded-card bg-card pb-2.5 shadow-card">
          <Skeleton className="aspect-square w-full rounded-none!" />
          <div className="flex flex-col gap-1.5 p-2.5">
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-7 w-2/3" />
            <Skeleton className="h-6 w-full" />
            <Skeleton className="h-9 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
