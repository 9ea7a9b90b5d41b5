'use client';

import { useState } from 'react';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsRaisePanelMessages } from '../../lib/messages/ops-raise-panel.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { NumberField } from './campaign-fields.tsx';
import type { Answer } from './stop-panel.tsx';

type RaisePanelProps<Value> = {
  /** Of the campaign. */
  name: string;
  budgetFen: number;
  raise: (given: { raiseId: string; addFen: number }) => Promise<Answer<Value>>;
  onClose: () => void;
  onDone: (value: Value) => void;
};

/** Asks for more money; says before who must agree. */
export function RaisePanel<Value>({ name, budgetFen, raise, onClose, onDone }: RaisePanelProps<Value>) {
  const words = useMessages(opsRaisePanelMessages);
  const locale = useLocale();
  const [raiseId] = useState(() => crypto.randomUUID());
  const [yuan, setYuan] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const addFen = parseYuan(yuan);
  const isAsked = addFen !== null && addFen > 0;

  async function ask() {
    setWrong(!isAsked);
    if (!isAsked || isBusy) return;
    setBusy(true);
    const answer = await raise({ raiseId, addFen });
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
      <p className="text-16 font-semibold">{name}</p>
      <p className="mt-1 mb-4 text-14 text-ink-2">{words.raiseText}</p>
      <NumberField
        id="add-yuan"
        label={words.addYuan}
        value={yuan}
        isWrong={isWrong && !isAsked}
        error={words.raiseWrong}
        onChange={setYuan}
      />
      {isAsked && (
        <p className="figures mt-2 rounded-card bg-gold-soft px-3 py-2 text-14">
          {words.raiseNow(yuanText(budgetFen + addFen))}
        </p>
      )}
    </StaffPanel>
  );
}
