'use client';

import { type ReactNode, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OpsRiskDecision } from '../../lib/contracts/ops-risk.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { OpsRisk } from './risk-desk.tsx';
import { RiskDecisionFacts } from './risk-queue.tsx';

type PanelProps = { decision: OpsRiskDecision; onClose: () => void; onDone: (answer: OpsRisk) => void };
type Answer =
  | { readonly ok: true; readonly value: OpsRisk }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly message?: string } };
type Choice = { readonly name: string; readonly text: string };

/** Frees a held reward or takes it back, for one person or for the whole group, with words that its owner reads. */
export function RiskDecidePanel({ decision, onClose, onDone }: PanelProps) {
  const words = useMessages(opsRiskMessages);
  const [isGroup, setGroup] = useState(false);
  return (
    <VerdictPanel
      title={words.decideTitle}
      facts={<DecisionFacts decision={decision} />}
      yes={{ name: words.free, text: words.freeText }}
      no={{ name: words.refuse, text: words.refuseText }}
      send={(isFreed, said) => call('ops.decideRisk', { decisionId: decision.id, isFreed, isGroup, words: said })}
      onClose={onClose}
      onDone={onDone}
    >
      {decision.groupSize > 0 && (
        <label className="mb-4 flex min-h-11 items-center gap-3 text-16">
          <input
            type="checkbox"
            checked={isGroup}
            onChange={(event) => setGroup(event.target.checked)}
            className="size-5 accent-lacquer"
          />
          {words.forGroup}
        </label>
      )}
    </VerdictPanel>
  );
}

/** Answers an appeal, once, with words that the shopper reads. */
export function RiskAnswerPanel({ decision, onClose, onDone }: PanelProps) {
  const words = useMessages(opsRiskMessages);
  return (
    <VerdictPanel
      title={words.answerTitle}
      facts={<DecisionFacts decision={decision} />}
      yes={{ name: words.uphold, text: words.upholdText }}
      no={{ name: words.dismiss, text: words.dismissText }}
      send={(isUpheld, said) =>
        call('ops.answerAppeal', { appealId: decision.appeal?.id ?? '', isUpheld, words: said })
      }
      onClose={onClose}
      onDone={onDone}
    />
  );
}

type VerdictProps = Pick<PanelProps, 'onClose' | 'onDone'> & {
  title: string;
  /** What it is about. */
  facts: ReactNode;
  yes: Choice;
  no: Choice;
  send: (isYes: boolean, words: string) => Promise<Answer>;
  children?: ReactNode;
};

/** A yes or a no, and the words for it; neither is chosen beforehand. */
export function VerdictPanel({ title, facts, yes, no, send, onClose, onDone, children }: VerdictProps) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  const [isYes, setYes] = useState<boolean | null>(null);
  const [said, setSaid] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function confirm() {
    const isMissing = said.trim() === '';
    setWrong(isMissing);
    if (isMissing || isBusy || isYes === null) return;
    setBusy(true);
    const answer = await send(isYes, said.trim());
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <StaffPanel
      title={title}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} disabled={isYes === null} onClick={confirm}>
            {words.confirm}
          </Button>
        </>
      }
    >
      {facts}
      <fieldset className="mt-4 mb-2">
        <legend className="sr-only">{title}</legend>
        {[true, false].map((one) => {
          const { name, text } = one ? yes : no;
          return (
            <label key={name} className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
              <input
                type="radio"
                name="verdict"
                checked={isYes === one}
                onChange={() => setYes(one)}
                className="mt-0.5 size-5 shrink-0 accent-lacquer"
              />
              <span>
                <span className="block text-16">{name}</span>
                <span className="block text-14 text-ink-2">{text}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      {children}
      <Field id="risk-words" label={words.words} error={isWrong ? words.wordsMissing : null}>
        <Input
          id="risk-words"
          maxLength={200}
          value={said}
          invalid={isWrong}
          onChange={(event) => setSaid(event.target.value)}
        />
      </Field>
    </StaffPanel>
  );
}

function DecisionFacts({ decision }: { decision: OpsRiskDecision }) {
  return (
    <>
      <RiskDecisionFacts decision={decision} />
      <Signals decision={decision} />
    </>
  );
}

/** What the rules looked at, as numbers: evidence for whoever decides, so the names are not translated. */
function Signals({ decision: { signals } }: { decision: OpsRiskDecision }) {
  const words = useMessages(opsRiskMessages);
  const known = Object.entries(signals).filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  return (
    <section className="mt-3 rounded-card bg-paper p-3">
      <h3 className="mb-1 text-12 text-ink-2">{words.seen}</h3>
      <dl lang="en" className="figures grid grid-cols-2 gap-x-3 gap-y-1 text-14">
        {known.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-2">
            <dt className="min-w-0 break-words text-ink-2">{name}</dt>
            <dd className="font-semibold">
              {typeof value === 'number' ? value.toLocaleString('en-US') : String(value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
