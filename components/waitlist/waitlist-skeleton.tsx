import { Skeleton } from '../ui/skeleton.tsx';

/** Two cards of the waitlist, in their final boxes. */
export function WaitlistSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      {[0, 1].map((index) => (
        <Skeleton key={index} className="h-52 rounded-card" />
      ))}
    </div>
  );
}
