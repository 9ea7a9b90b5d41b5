'use client';

import { Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsCouponsMessages } from '../../lib/messages/ops-coupons.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { saysGoods } from './campaign-draft.ts';
import { isLive } from './campaign-row.tsx';
import { CAMPAIGN_TONES } from './campaign-tones.ts';
import { type CouponDraft, draftOf, newCoupon } from './coupon-draft.ts';
import { type OpsCoupons, saysRule, saysTimes } from './coupon-says.ts';
import { FiguresGrid } from './figures-grid.tsx';
import { CampaignRefused, type Refusal } from './law-faults.tsx';
import { LiftPanel } from './lift-panel.tsx';
import { PauseNote } from './pause-note.tsx';
import { RaiseNote } from './raise-note.tsx';
import { StopPanel } from './stop-panel.tsx';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const CouponEditor = late(() => import('./coupon-editor.tsx').then((module) => module.CouponEditor));
const RaiseCouponPanel = late(() => import('./raise-coupon-panel.tsx').then((module) => module.RaiseCouponPanel));

type Open = { readonly what: 'stop' | 'raise' | 'lift'; readonly coupon: OpsCoupon };

/** All coupon campaigns with their money: make one, agree to a large one, raise or stop one. */
export function CouponsDesk() {
  const words = useMessages(opsCouponsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.coupons', {});
  const [editing, setEditing] = useState<CouponDraft | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const coupons = read.value?.templates ?? [];
  const moments = coupons.flatMap(({ claimFrom, claimUntil, validFrom, raise, pause }) => [
    claimFrom,
    claimUntil,
    validFrom,
    raise?.validFrom,
    pause?.goesOnAt,
  ]);
  useAskAtNextChange(read.value?.now ?? null, moments, read.reload);
  const take = (answer: OpsCoupons, said: string) => {
    read.change(() => answer);
    setEditing(null);
    setOpen(null);
    toast(said);
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button
          size="s"
          className="ml-auto"
          disabled={read.value === null}
          onClick={() => setEditing(newCoupon(read.value?.now ?? Date.now(), crypto.randomUUID()))}
        >
          {words.make}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState read={read} isEmpty={coupons.length === 0} empty={{ title: words.emptyTitle, text: words.emptyText }}>
        <ul className="flex flex-col gap-3">
          {coupons.map((coupon) => (
            <CouponRow
              key={coupon.id}
              coupon={coupon}
              categories={read.value?.categories ?? []}
              onTaken={take}
              onEdit={() => setEditing(draftOf(coupon, read.value?.now ?? Date.now()))}
              onOpen={(what) => setOpen({ what, coupon })}
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>
        {editing && read.value && (
          <CouponEditor
            first={editing}
            now={read.value.now}
            categories={read.value.categories}
            onClose={() => setEditing(null)}
            onSaved={(answer, isPublished) => take(answer, isPublished ? common.published : common.saved)}
          />
        )}
        {open?.what === 'lift' && (
          <LiftPanel
            name={inLocale(open.coupon.name, locale)}
            lift={({ reason }) => call('ops.liftCoupon', { id: open.coupon.id, reason })}
            onClose={() => setOpen(null)}
            onLifted={(answer) => take(answer, common.lifted)}
          />
        )}
        {open?.what === 'stop' && (
          <StopPanel
            title={words.stopTitle}
            name={inLocale(open.coupon.name, locale)}
            text={words.stopText}
            fates={{
              legend: words.heldFate,
              keep: { name: words.keepHeld, text: words.keepHeldText },
              withdraw: { name: words.withdrawHeld, text: words.withdrawHeldText },
            }}
            stop={(given) => call('ops.stopCoupon', { id: open.coupon.id, ...given })}
            onClose={() => setOpen(null)}
            onStopped={(answer) => take(answer, common.stopped)}
          />
        )}
        {open?.what === 'raise' && (
          <RaiseCouponPanel
            coupon={open.coupon}
            onClose={() => setOpen(null)}
            onDone={(answer) => take(answer, words.asked)}
          />
        )}
      </Suspense>
    </>
  );
}

type RowProps = {
  coupon: OpsCoupon;
  categories: OpsCoupons['categories'];
  onTaken: (answer: OpsCoupons, said: string) => void;
  onEdit: () => void;
  onOpen: (what: Open['what']) => void;
};

type RowCommand = 'ops.publishCoupon' | 'ops.approveCoupon' | 'ops.approveRaise' | 'ops.undoRaise';

function CouponRow({ coupon, categories, onTaken, onEdit, onOpen }: RowProps) {
  const words = useMessages(opsCouponsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<RowCommand | null>(null);
  const { id, state, raise, validFrom } = coupon;

  async function send(name: RowCommand, said: string) {
    if (busy !== null) return;
    setBusy(name);
    setRefusal(null);
    const raiseId = raise?.id ?? '';
    const answer = await (name === 'ops.approveRaise' || name === 'ops.undoRaise'
      ? call(name, { raiseId })
      : call(name, { id }));
    setBusy(null);
    if (answer.ok) onTaken(answer.value, said);
    else setRefusal(answer.refusal);
  }

  const small = (name: RowCommand, label: string, said: string, look: 'act' | 'quiet' = 'act') => (
    <Button look={look} size="s" busy={busy === name} onClick={() => send(name, said)}>
      {label}
    </Button>
  );

  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={CAMPAIGN_TONES[state]}>{words[`state_${state}`]}</Tag>
        <h2 className="min-w-0 text-16 font-medium">{inLocale(coupon.name, locale)}</h2>
        <div className="ml-auto flex flex-wrap justify-end gap-2">
          {state === 'waiting' && !coupon.isOwn && small('ops.approveCoupon', common.approve, words.approved)}
          {state === 'draft' && (
            <>
              <Button look="quiet" size="s" onClick={onEdit}>
                {common.edit}
              </Button>
              {small('ops.publishCoupon', common.publish, common.published)}
            </>
          )}
          {isLive(state) && raise === null && (
            <Button look="quiet" size="s" onClick={() => onOpen('raise')}>
              {words.raise}
            </Button>
          )}
          {isLive(state) && (
            <Button look="quiet" size="s" onClick={() => onOpen('stop')}>
              {common.stop}
            </Button>
          )}
        </div>
      </div>
      <p className="mt-1 text-14">
        {saysRule(coupon.rule, locale)} · {saysGoods(coupon.scope, categories, locale)}
      </p>
      <p className="mb-3 text-14 text-ink-2">
        {saysTimes(coupon, locale).join(locale === 'zh-CN' ? '；' : '; ')} · {common.madeBy(coupon.madeBy)}
      </p>
      {state === 'waiting' && <p className="mb-3 text-14">{words.waitingText}</p>}
      {state === 'delayed' && validFrom !== null && (
        <p className="mb-3 text-14">{words.validFrom(timeText(validFrom, locale))}</p>
      )}
      <PauseNote pause={coupon.pause} onLift={() => onOpen('lift')} />
      <BudgetBar budgetFen={coupon.budgetFen} figures={coupon.figures} />
      <Figures coupon={coupon} />
      {raise && (
        <RaiseNote
          asked={words.raiseWaits(yuanText(raise.addFen), raise.addTotal.toLocaleString('en-US'), raise.askedBy)}
          validFrom={raise.validFrom}
          words={words}
          actions={
            <>
              {!raise.isOwn && small('ops.approveRaise', words.approveRaise, words.raised)}
              {small('ops.undoRaise', words.undoRaise, words.undone, 'quiet')}
            </>
          }
        />
      )}
      <CampaignRefused refusal={refusal} />
    </li>
  );
}

function Figures({ coupon: { total, figures } }: { coupon: OpsCoupon }) {
  const words = useMessages(opsCouponsMessages);
  const count = (value: number) => value.toLocaleString('en-US');
  const rows = [
    [words.claimed, words.ofTotal(count(figures.claimed), count(total))],
    [words.usable, count(figures.usable)],
    [words.locked, count(figures.locked)],
    [words.used, count(figures.used)],
    [words.expired, count(figures.expired)],
    [words.voided, count(figures.voided)],
  ] as const;
  return <FiguresGrid rows={rows} />;
}
