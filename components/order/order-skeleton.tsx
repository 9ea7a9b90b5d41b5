import { Skeleton } from '../ui/skeleton.tsx';

/** Three cards of the order list, in their final boxes. */
export function OrderListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      {[0, 1, 2].map((index) => (
        <div key={index} className="rounded-card bg-card p-3 shadow-card">
          <Skeleton className="h-5 w-20" />
          <div className="flex gap-3 py-2">
            <Skeleton className="size-20 shrink-0" />
            <div className="flex flex-1 flex-col gap-2">
              <Skeleton className="h-5 w-full" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          </div>
          <Skeleton className="ml-auto h-6 w-28" />
        </div>
      ))}
    </div>
  );
}

/** An order's page before it is known. */
export function OrderSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 gutter py-4">
      <Skeleton className="h-24 rounded-card" />
      <Skeleton className="h-20 rounded-card" />
      <Skeleton className="h-44 rounded-card" />
      <Skeleton className="h-32 rounded-card" />
    </div>
  );
}
