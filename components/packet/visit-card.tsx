'use client';

import type { PacketView } from '../../lib/client/packet-room.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetOwnerMessages } from '../../lib/messages/packet-owner.ts';
import { packetVisitorMessages } from '../../lib/messages/packet-visitor.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { VisitProgress } from './use-visit.ts';

type VisitCardProps = {
  view: PacketView;
  progress: VisitProgress;
  /** Not signed in. */
  isNobody: boolean;
};

/** What one's coming does for the friend, before and after it counts: said plainly, with what is still missing. */
export function VisitCard({ view, progress, isNobody }: VisitCardProps) {
  const words = useMessages(packetVisitorMessages);
  const { packet, own, campaign } = view;
  const { state, stepFen } = packet;
  if (own.visit === null && state !== 'growing' && state !== 'full' && state !== 'locked') return null;
  const isCounting = own.visit === null && state !== 'full';
  return (
    <section className="mx-3 mt-3 rounded-card bg-card p-4 shadow-card wide:mx-4">
      {isCounting && <h3 className="text-16 font-semibold">{words.visit}</h3>}
      <p role="status" className="flex items-start gap-2 text-16">
        <VisitNow view={view} progress={progress} isNobody={isNobody} />
      </p>
      {isCounting && (
        <p className="mt-1 text-14 text-ink-2">
          {words.visitHow(yuanText(stepFen), Math.round(campaign.stayMs / 1000))}
          {state === 'locked' && ` ${words.visit_locked}`}
        </p>
      )}
    </section>
  );
}

function VisitNow({ view: { packet, own }, progress, isNobody }: VisitCardProps) {
  const locale = useLocale();
  const words = packetVisitorMessages[locale];
  const step = yuanText(packet.stepFen);
  if (own.visit !== null) {
    const { state, fen, lapsedBecause } = own.visit;
    const why = lapsedBecause === null ? words.visit_lapsed : packetOwnerMessages[locale][`lapsed_${lapsedBecause}`];
    const said =
      state === 'vested'
        ? words.visit_vested(yuanText(fen))
        : state === 'pending'
          ? packet.state === 'locked' && !isNobody
            ? words.visit_waits
            : words.visit_pending(step)
          : `${words.visit_lapsed}${locale === 'zh-CN' ? '：' : ': '}${why}`;
    return (
      <>
        <Icon name={state === 'lapsed' ? 'info' : 'check'} className="mt-0.5 size-5 shrink-0 text-jade" />
        <span className="min-w-0 flex-1">{said}</span>
      </>
    );
  }
  if (packet.state === 'full') return <span>{words.visit_full}</span>;
  if (progress.phase === 'none') return null;
  return (
    <span className={progress.phase === 'refused' ? 'text-on-lacquer-soft' : 'figures font-semibold text-lacquer'}>
      {progress.phase === 'waiting'
        ? words.visit_waiting(progress.secondsLeft)
        : progress.phase === 'refused'
          ? progress.text
          : words[`visit_${progress.phase}`]}
    </span>
  );
}
