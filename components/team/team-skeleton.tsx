import { Skeleton } from '../ui/skeleton.tsx';

/** The room in its final boxes. */
export function TeamRoomSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col items-center gap-5 gutter py-6">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-46 w-full rounded-card" />
      <Skeleton className="h-8 w-44" />
      <Skeleton className="h-28 w-full rounded-card" />
    </div>
  );
}

export function TeamHomeSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      <Skeleton className="h-72 rounded-card" />
      <Skeleton className="h-24 rounded-card" />
    </div>
  );
}
