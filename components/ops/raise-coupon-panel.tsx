'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCouponsMessages } from '../../lib/messages/ops-coupons.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { wholeOf } from './coupon-draft.ts';
import type { OpsCoupons } from './coupon-says.ts';

type PanelProps = { coupon: OpsCoupon; onClose: () => void; onDone: (answer: OpsCoupons) => void };

/** Asks for more money and more coupons; says before who must agree. */
export function RaiseCouponPanel({ coupon, onClose, onDone }: PanelProps) {
  const words = useMessages(opsCouponsMessages);
  const locale = useLocale();
  const [raiseId] = useState(() => crypto.randomUUID());
  const [yuan, setYuan] = useState('');
  const [pieces, setPieces] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const addFen = yuan.trim() === '' ? 0 : parseYuan(yuan);
  const addTotal = pieces.trim() === '' ? 0 : wholeOf(pieces);
  const isAsked = addFen !== null && addTotal !== null && addFen + addTotal > 0;

  async function ask() {
    setWrong(!isAsked);
    if (!isAsked) return;
    setBusy(true);
    const answer = await call('ops.raiseCoupon', { id: coupon.id, raiseId, addFen, addTotal });
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <StaffPanel
      title={words.raiseTitle}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={ask}>
            {words.ask}
          </Button>
        </>
      }
    >
      <p className="text-16 font-semibold">{inLocale(coupon.name, locale)}</p>
      <p className="mt-1 mb-4 text-14 text-ink-2">{words.raiseText}</p>
      <div className="grid grid-cols-2 gap-3">
        <Field id="coupon-add-yuan" label={words.addYuan}>
          <Input
            id="coupon-add-yuan"
            inputMode="decimal"
            value={yuan}
            invalid={isWrong}
            onChange={(event) => setYuan(event.target.value)}
          />
        </Field>
        <Field id="coupon-add-total" label={words.addTotal}>
          <Input
            id="coupon-add-total"
            inputMode="numeric"
            value={pieces}
            invalid={isWrong}
            onChange={(event) => setPieces(event.target.value)}
          />
        </Field>
      </div>
      <StaffRefused text={isWrong && !isAsked ? words.raiseWrong : null} />
      {isAsked && (
        <p className="figures mt-2 rounded-card bg-gold-soft px-3 py-2 text-14">
          {words.raiseNow(yuanText(coupon.budgetFen + addFen), (coupon.total + addTotal).toLocaleString('en-US'))}
        </p>
      )}
    </StaffPanel>
  );
}
