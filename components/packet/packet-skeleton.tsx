import { Skeleton } from '../ui/skeleton.tsx';

/** One packet in its final boxes. */
export function PacketRoomSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col items-center gap-5 gutter py-6">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-46 w-37 rounded-card" />
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-28 w-full rounded-card" />
    </div>
  );
}

export function PacketHomeSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      <Skeleton className="h-72 rounded-card" />
      <Skeleton className="h-24 rounded-card" />
    </div>
  );
}
