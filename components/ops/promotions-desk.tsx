'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { AnswerNamed } from '../../lib/client/wire.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsPromotionsMessages } from '../../lib/messages/ops-promotions.ts';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { saysGoods } from './campaign-draft.ts';
import { PromotionEditor } from './promotion-editor.tsx';
import { StopPanel } from './stop-panel.tsx';

export type OpsPromotions = ValueNamed<'ops.promotions'>;
type OpsPromotion = OpsPromotions['promotions'][number];

const TONES = { waiting: 'won', ahead: 'ready', running: 'act', over: 'quiet', stopped: 'quiet' } as const;

/** All promotions: make one, agree to somebody else's deep one, stop one. */
export function PromotionsDesk() {
  const words = useMessages(opsPromotionsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.promotions', {});
  const [making, setMaking] = useState<string | null>(null);
  const [stopping, setStopping] = useState<OpsPromotion | null>(null);
  const promotions = read.value?.promotions ?? [];
  const take = (answer: OpsPromotions, said: string) => {
    read.change(() => answer);
    toast(said);
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button size="s" className="ml-auto" onClick={() => setMaking(crypto.randomUUID())}>
          {words.make}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={promotions.length === 0}
        empty={{ title: words.emptyTitle, text: words.emptyText }}
      >
        <ul className="flex flex-col gap-3">
          {promotions.map((promotion) => (
            <PromotionRow
              key={promotion.id}
              promotion={promotion}
              categories={read.value?.categories ?? []}
              onTaken={take}
              onStop={() => setStopping(promotion)}
            />
          ))}
        </ul>
      </StaffState>
      {making !== null && read.value && (
        <PromotionEditor
          id={making}
          now={read.value.now}
          categories={read.value.categories}
          onClose={() => setMaking(null)}
          onPublished={(answer) => {
            setMaking(null);
            take(answer, common.published);
          }}
        />
      )}
      {stopping && (
        <StopPanel
          title={words.stopTitle}
          name={inLocale(stopping.name, locale)}
          text={words.stopText}
          stop={({ reason }) => call('ops.stopPromotion', { id: stopping.id, reason })}
          onClose={() => setStopping(null)}
          onStopped={(answer) => {
            setStopping(null);
            take(answer, common.stopped);
          }}
        />
      )}
    </>
  );
}

type RowProps = {
  promotion: OpsPromotion;
  categories: OpsPromotions['categories'];
  onTaken: (answer: OpsPromotions, said: string) => void;
  onStop: () => void;
};

function PromotionRow({ promotion, categories, onTaken, onStop }: RowProps) {
  const words = useMessages(opsPromotionsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { id, name, scope, state, startsAt, endsAt, validFrom } = promotion;
  const isOpen = state === 'waiting' || state === 'ahead' || state === 'running';
  async function approve() {
    setBusy(true);
    const answer: AnswerNamed<'ops.approvePromotion'> = await call('ops.approvePromotion', { id });
    setBusy(false);
    if (answer.ok) onTaken(answer.value, words.approved);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex items-start gap-2">
        <Tag tone={TONES[state]}>{words[`state_${state}`]}</Tag>
        <p className="min-w-0 flex-1 font-medium">{inLocale(name, locale)}</p>
        <div className="flex flex-wrap justify-end gap-2">
          {state === 'waiting' && !promotion.isOwn && (
            <Button size="s" busy={isBusy} onClick={approve}>
              {common.approve}
            </Button>
          )}
          {isOpen && (
            <Button look="quiet" size="s" onClick={onStop}>
              {common.stop}
            </Button>
          )}
        </div>
      </div>
      <p className="figures mt-1 text-14 text-ink-2">
        {timeText(startsAt, locale)} – {timeText(endsAt, locale)} · {saysGoods(scope, categories, locale)} ·{' '}
        {common.madeBy(promotion.madeBy)}
      </p>
      {state === 'waiting' && <p className="mt-1 text-14">{words.waitingText}</p>}
      {state === 'ahead' && validFrom !== null && validFrom > startsAt && (
        <p className="mt-1 text-14">{words.validFrom(timeText(validFrom, locale))}</p>
      )}
      <StaffRefused text={refused} />
    </li>
  );
}
