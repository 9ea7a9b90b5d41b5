'use client';

import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

type ConfirmSheetProps = {
  open: boolean;
  title: string;
  text: string;
  yes: string;
  no: string;
  /** What went wrong with the last yes. */
  error?: string | null;
  isBusy?: boolean;
  onYes: () => void;
  onClose: () => void;
};

/** Asks once before what cannot be undone; closing it is a no. */
export function ConfirmSheet({ open, title, text, yes, no, error, isBusy, onYes, onClose }: ConfirmSheetProps) {
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={title}
      foot={
        <div className="grid grid-cols-2 gap-3">
          <Button look="quiet" size="l" onClick={onClose}>
            {no}
          </Button>
          <Button size="l" busy={isBusy} onClick={onYes}>
            {yes}
          </Button>
        </div>
      }
    >
      <p className="text-16 text-ink-2">{text}</p>
      {error && (
        <p role="alert" className="mt-2 text-14 text-on-lacquer-soft">
          {error}
        </p>
      )}
    </Sheet>
  );
}
