import { cx } from './cx.ts';

type StockBarProps = {
  /** 0 to 1: how much is gone. Null while it is not known: the box keeps its place. */
  soldShare: number | null;
  /** Inside the bar; the colour is never the only sign. */
  text: string;
  /** `ready`: simply there. `going`: it is being taken. `over`: gone. */
  tone: 'ready' | 'going' | 'over';
  className?: string;
};

const tones = {
  ready: 'bg-jade-soft text-jade',
  going: 'bg-lacquer-soft text-on-lacquer-soft',
  over: 'bg-line text-ink-2',
};

/** How much is gone, with its sentence inside. The box never changes its size. */
export function StockBar({ soldShare, text, tone, className }: StockBarProps) {
  const filled = Math.min(1, Math.max(0, soldShare ?? 0));
  return (
    <div className={cx('relative min-h-[1.5em] overflow-hidden rounded-full text-12', tones[tone], className)}>
      {tone === 'going' && (
        <span
          aria-hidden="true"
          className="absolute inset-0 origin-left bg-lacquer/20 transition-transform duration-200 ease-festa"
          style={{ transform: `scaleX(${filled})` }}
        />
      )}
      <span className="figures relative block truncate px-2 py-[0.18em] font-medium">{text}</span>
    </div>
  );
}
