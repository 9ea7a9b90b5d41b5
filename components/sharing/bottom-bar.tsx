import type { ReactNode } from 'react';

/** The one thing to do now, within the thumb's reach; above it what went wrong with it. */
export function BottomBar({ alert, children }: { alert?: ReactNode; children: ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 mx-auto flex max-w-[520px] flex-col gap-2 border-line border-t bg-card gutter pt-2 pb-[calc(8px+var(--safe-bottom))]">
      {alert}
      {children}
    </div>
  );
}
