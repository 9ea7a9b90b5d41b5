'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { staffMessages } from '../../lib/messages/staff.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

type StaffPanelProps = {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** Stays at the bottom: what can be done with the thing that the panel shows. */
  foot?: ReactNode;
  wide?: boolean;
};

/** What one row opens: the right side of a desk, the whole of a phone. Native `<dialog>`: Esc closes, focus returns. */
export function StaffPanel({ title, onClose, children, foot, wide }: StaffPanelProps) {
  const words = useMessages(staffMessages);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click outside has its twins, Esc and the close button
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={`fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-full flex-col border-0 bg-card p-0 text-ink shadow-float backdrop:bg-veil open:flex ${
        wide ? 'desk:max-w-[880px]' : 'desk:max-w-[560px]'
      }`}
    >
      <header className="flex min-h-14 shrink-0 items-center gap-2 border-line border-b gutter">
        <h2 id={titleId} className="min-w-0 flex-1 text-18 font-semibold">
          {title}
        </h2>
        <button
          type="button"
          aria-label={words.close}
          onClick={onClose}
          className="-mr-2 grid size-11 place-items-center text-ink-2"
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain gutter py-4">{children}</div>
      {foot && <footer className="shrink-0 border-line border-t gutter py-3">{foot}</footer>}
    </dialog>
  );
}
