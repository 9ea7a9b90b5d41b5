'use client';

import { Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { OpsOrderGroup, OpsRiskDecision } from '../../lib/contracts/ops-risk.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { opsOrderGroupsMessages } from '../../lib/messages/ops-order-groups.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { reasonText } from '../../lib/messages/risk-reasons.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { RiskAnswerPanel, RiskDecidePanel } from './risk-decide-panel.tsx';
import { RiskGate } from './risk-gate.tsx';
import { RiskModes } from './risk-modes.tsx';
import { RiskOrderGroups } from './risk-order-groups.tsx';
import { RiskQueue } from './risk-queue.tsx';
import { RiskRules } from './risk-rules.tsx';

const StopPanel = late(() => import('./stop-panel.tsx').then((module) => module.StopPanel<OpsRisk>));
const OrderPanel = late(() => import('./risk-order-panel.tsx').then((module) => module.RiskOrderPanel));

export type OpsRisk = ValueNamed<'ops.risk'>;

/** Something that asks for a reason, or a decision, and then is done. */
type Verdict = { readonly what: 'decide' | 'answer'; readonly decision: OpsRiskDecision };
type WithReason =
  | { readonly what: 'lift' | 'close' }
  | { readonly what: 'mode'; readonly mechanic: OpsRisk['modes'][number]['mechanic']; readonly mode: Mode }
  | { readonly what: 'rule'; readonly rule: OpsRisk['rules'][number] };
type Orders = { readonly what: 'orders'; readonly group: OpsOrderGroup };
type Open = Verdict | Orders | WithReason;
type Mode = OpsRisk['modes'][number]['mode'];

/** The controls against fraud: gate, modes, what waits for a person, appeals, rules and how often they fired. */
export function RiskDesk() {
  const words = useMessages(opsRiskMessages);
  const { refresh } = useMessages(staffMessages);
  const read = useStaffRead('ops.risk', {});
  const [open, setOpen] = useState<Open | null>(null);
  const risk = read.value;
  const take = (answer: OpsRisk, said: string) => {
    read.change(() => answer);
    setOpen(null);
    toast(said);
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button look="quiet" size="s" className="ml-auto" busy={read.isLoading} onClick={read.reload}>
          {refresh}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState read={read} isEmpty={false} empty={{ title: words.title, text: words.text }}>
        {risk && (
          <div className="flex flex-col gap-4">
            <RiskGate risk={risk} onLift={() => setOpen({ what: 'lift' })} onClose={() => setOpen({ what: 'close' })} />
            <RiskModes modes={risk.modes} onMode={(mechanic, mode) => setOpen({ what: 'mode', mechanic, mode })} />
            <RiskOrderGroups
              groups={risk.orderGroups}
              waiting={risk.waiting.orderGroups}
              onOpen={(group) => setOpen({ what: 'orders', group })}
            />
            <RiskQueue
              title={words.queue(risk.waiting.holds)}
              empty={words.queueEmpty}
              act={words.decide}
              decisions={risk.queue}
              onOpen={(decision) => setOpen({ what: 'decide', decision })}
            />
            <RiskQueue
              title={words.appeals(risk.waiting.appeals)}
              empty={words.appealsEmpty}
              act={words.answer}
              decisions={risk.appeals}
              onOpen={(decision) => setOpen({ what: 'answer', decision })}
            />
            <RiskRules rules={risk.rules} onChange={(rule) => setOpen({ what: 'rule', rule })} />
          </div>
        )}
      </StaffState>
      <Suspense>{open !== null && <OpenPanel open={open} onClose={() => setOpen(null)} onDone={take} />}</Suspense>
    </>
  );
}

type OpenPanelProps = { open: Open; onClose: () => void; onDone: (answer: OpsRisk, said: string) => void };

function OpenPanel({ open, onClose, onDone }: OpenPanelProps) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  if ('decision' in open) {
    const { what, decision } = open;
    const Panel = what === 'decide' ? RiskDecidePanel : RiskAnswerPanel;
    const said = what === 'decide' ? words.decided : words.answered;
    return <Panel decision={decision} onClose={onClose} onDone={(answer) => onDone(answer, said)} />;
  }
  if (open.what === 'orders') {
    const { done } = opsOrderGroupsMessages[locale];
    return <OrderPanel group={open.group} onClose={onClose} onDone={(answer) => onDone(answer, done)} />;
  }
  const { title, name, text, send, said } = asked(open, locale);
  return (
    <StopPanel
      title={title}
      name={name}
      text={text}
      action={words.confirm}
      reasonLabel={words.reason}
      stop={({ reason }) => send(reason)}
      onClose={onClose}
      onStopped={(answer) => onDone(answer, said)}
    />
  );
}

/** What a panel that asks for a reason says, and what it sends. */
function asked(open: WithReason, locale: Locale) {
  const words = opsRiskMessages[locale];
  switch (open.what) {
    case 'lift':
      return {
        title: words.lift,
        name: words.gateClosed,
        text: words.liftText,
        send: (reason: string) => call('ops.liftRiskGate', { reason }),
        said: words.lifted,
      };
    case 'close':
      return {
        title: words.close,
        name: words.gateOpen,
        text: words.closeText,
        send: (reason: string) => call('ops.closeRiskGate', { reason }),
        said: words.closed,
      };
    case 'mode': {
      const { mechanic, mode } = open;
      return {
        title: words.setMode,
        name: `${words[`mechanic_${mechanic}`]} · ${words[`mode_${mode}`]}`,
        text: words[`modeText_${mode}`],
        send: (reason: string) => call('ops.setRiskMode', { mechanic, mode, reason }),
        said: words.modeSet,
      };
    }
    case 'rule': {
      const { code, isShadow } = open.rule;
      return {
        title: words.ruleTitle,
        name: `${reasonText(code, locale)} · ${isShadow ? words.toForce : words.toShadow}`,
        text: words.rulesText,
        send: (reason: string) => call('ops.setRiskRule', { code, isShadow: !isShadow, reason }),
        said: words.ruleSet,
      };
    }
  }
}
