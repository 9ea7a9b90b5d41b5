import { cx } from '../ui/cx.ts';
import { ShareSign } from './share-signs.tsx';

type ShareTileProps = {
  sign: Parameters<typeof ShareSign>[0]['name'];
  word: string;
  /** What it needs is on its way, or cannot be had: stays focusable, does nothing. */
  disabled?: boolean;
  onClick: () => void;
};

/** One way of handing something on: a round sign over its word. */
export function ShareTile({ sign, word, disabled, onClick }: ShareTileProps) {
  return (
    <button
      type="button"
      aria-disabled={disabled || undefined}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className="pressable group flex min-w-0 flex-1 basis-18 flex-col items-center gap-1.5 rounded-card py-2 text-14"
    >
      <span
        className={cx(
          'grid size-13 place-items-center rounded-full',
          'bg-lacquer-soft text-on-lacquer-soft group-aria-disabled:bg-line group-aria-disabled:text-ink-2',
        )}
      >
        <ShareSign name={sign} className="size-6" />
      </span>
      <span className="text-center leading-tight group-aria-disabled:text-ink-2">{word}</span>
    </button>
  );
}
