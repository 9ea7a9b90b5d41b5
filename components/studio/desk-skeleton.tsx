'use client';

import { staffMessages } from '../../lib/messages/staff.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** A page, or a part of one, whose script is still on its way. */
export function DeskSkeleton() {
  const words = useMessages(staffMessages);
  return (
    <div role="status" aria-label={words.loading} className="flex flex-col gap-2 py-2">
      {Array.from({ length: 6 }, (_, row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  );
}
