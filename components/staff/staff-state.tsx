'use client';

import type { ReactNode } from 'react';
import { staffMessages } from '../../lib/messages/staff.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** A page's first seconds, its failure, its emptiness; else the content, with a line above it when it is not fresh. */
export function StaffState({
  read,
  isEmpty,
  empty,
  children,
}: {
  read: { value: unknown; error: string | null; isLoading: boolean; reload: () => void };
  isEmpty: boolean;
  empty: { title: string; text: string };
  children: ReactNode;
}) {
  const words = useMessages(staffMessages);
  const retry = (
    <Button look="quiet" size="s" onClick={read.reload}>
      {words.retry}
    </Button>
  );
  if (read.value === null && read.error) {
    return <EmptyState emblem="cloud" title={words.failedTitle} text={read.error} action={retry} />;
  }
  if (read.value === null) {
    return (
      <div role="status" aria-label={words.loading} className="flex flex-col gap-2 py-2">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} className="h-14 w-full" />
        ))}
      </div>
    );
  }
  return (
    <>
      {read.error && (
        <p
          role="alert"
          className="mb-3 flex items-center gap-3 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft"
        >
          <Icon name="warning" />
          <span className="flex-1">{read.error}</span>
          {retry}
        </p>
      )}
      {isEmpty ? <EmptyState emblem="search" title={empty.title} text={empty.text} /> : children}
    </>
  );
}

/** A sentence of what went wrong, where it happened. */
export function StaffRefused({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p role="alert" className="mb-2 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
      {text}
    </p>
  );
}
