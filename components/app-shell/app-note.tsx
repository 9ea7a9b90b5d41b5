import type { ReactNode } from 'react';

type AppNoteProps = { testId: string; title: string; text?: string; children?: ReactNode; actions: ReactNode };

/** A card above the tab bar by which the app speaks of itself; it covers nothing that can be bought. */
export function AppNote({ testId, title, text, children, actions }: AppNoteProps) {
  return (
    <aside
      data-testid={testId}
      aria-label={title}
      className="fixed inset-x-3 bottom-[calc(var(--tab-bar)+12px)] z-30 mx-auto flex max-w-[480px] animate-rise flex-wrap items-center gap-2 rounded-card bg-card p-3 shadow-float"
    >
      <div className="min-w-40 flex-1">
        <p className="text-16 font-semibold">{title}</p>
        {text && <p className="text-14 text-ink-2">{text}</p>}
        {children}
      </div>
      <div className="flex gap-2">{actions}</div>
    </aside>
  );
}
