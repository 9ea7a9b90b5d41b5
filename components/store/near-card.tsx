import { type Position, ROUGH_M } from '../../lib/client/stores/position.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';

type NearCardProps = { position: Position | 'asking' | null; onAsk: () => void };

/** Says what a position is for and what becomes of it, before the phone is asked for it by a tap. */
export function NearCard({ position, onAsk }: NearCardProps) {
  const words = storesMessages[useLocale()];
  if (position !== null && position !== 'asking' && position.kind === 'here') {
    const isRough = position.accuracyM > ROUGH_M;
    return (
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="text-14 text-ink-2">
          {isRough ? words.rough((position.accuracyM / 1_000).toFixed(1)) : ''}
        </p>
        <Button look="quiet" size="s" onClick={onAsk}>
          {words.again}
        </Button>
      </div>
    );
  }
  const isAsking = position === 'asking';
  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="flex items-center gap-2 text-16 font-semibold">
        <Icon name="place" className="size-5 text-lacquer" />
        {words.nearTitle}
      </h2>
      <p className="mt-1 text-14 text-ink-2">{words.nearText}</p>
      {position !== null && !isAsking && (
        <p role="alert" className="mt-2 rounded-card bg-gold-soft px-3 py-2 text-14">
          {position.kind === 'denied' ? words.denied : words.unknown}
        </p>
      )}
      <Button className="mt-3" wide busy={isAsking} onClick={onAsk}>
        {isAsking ? words.locating : words.nearAction}
      </Button>
    </section>
  );
}
