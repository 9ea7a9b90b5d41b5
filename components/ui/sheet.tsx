'use client';

import { type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { Icon } from './icon.tsx';
import { useMessages } from './locale.tsx';
import { enterSheet, leaveSheet, sheetDepth } from './sheet-history.ts';

type SheetProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Stays at the bottom while the content scrolls: the button that the sheet is for. */
  foot?: ReactNode;
};

const CLOSING_DRAG_PX = 120;
const CLOSING_PX_PER_MS = 0.6;

/**
 * Bottom sheet on the native `<dialog>`: top layer, inert page, Tab and focus return come from the browser.
 *
 * Esc, a tap outside, a pull down and the phone's Back close it: opening adds a history entry of its own, without a
 * change of address, which closing takes away again.
 */
export function Sheet({ open, onClose, title, children, foot }: SheetProps) {
  const words = useMessages(appShellMessages);
  const dialog = useRef<HTMLDialogElement>(null);
  const drag = useRef<{ y: number; at: number } | null>(null);
  const titleId = useId();
  const latestClose = useRef(onClose);
  useEffect(() => {
    latestClose.current = onClose;
  });

  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    element.showModal();
    const depth = enterSheet();
    // Back from a sheet that lies on this one leaves this one open.
    const onBack = () => {
      if (sheetDepth() < depth) latestClose.current();
    };
    addEventListener('popstate', onBack);
    return () => {
      removeEventListener('popstate', onBack);
      element.close();
      leaveSheet(depth);
    };
  }, [open]);

  const endDrag = (event: PointerEvent) => {
    const start = drag.current;
    drag.current = null;
    if (!start || !dialog.current) return;
    dialog.current.style.translate = '';
    const pulledPx = event.clientY - start.y;
    if (pulledPx > CLOSING_DRAG_PX || (pulledPx > 24 && pulledPx / (event.timeStamp - start.at) > CLOSING_PX_PER_MS))
      onClose();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tap outside has its twins, Esc and the close button
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="sheet"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <header
        className="relative flex shrink-0 touch-none items-center gutter pt-4 pb-2"
        onPointerDown={(event) => {
          drag.current = { y: event.clientY, at: event.timeStamp };
        }}
        onPointerMove={(event) => {
          if (!drag.current || !dialog.current) return;
          dialog.current.style.translate = `0 ${Math.max(0, event.clientY - drag.current.y)}px`;
        }}
        onPointerUp={endDrag}
        onPointerCancel={endDrag}
      >
        <span aria-hidden="true" className="absolute top-2 left-1/2 h-1 w-9 -translate-x-1/2 rounded-full bg-line" />
        <h2 id={titleId} className="flex-1 text-18 font-semibold">
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
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain gutter pb-4">{children}</div>
      {foot && (
        <footer className="shrink-0 border-line border-t bg-card gutter pt-3 pb-[calc(12px+var(--safe-bottom))]">
          {foot}
        </footer>
      )}
    </dialog>
  );
}
