'use client';

import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { useMessages } from '../ui/locale.tsx';
import { StopPanel, type StopPanelProps } from './stop-panel.tsx';

type LiftPanelProps<Value> = {
  /** Of the campaign that is paused. */
  name: string;
  lift: (given: { reason: string }) => ReturnType<StopPanelProps<Value>['stop']>;
  onClose: () => void;
  onLifted: (value: Value) => void;
};

/** Lets a campaign go on that has paused itself, with a reason that is written down. */
export function LiftPanel<Value>({ name, lift, onClose, onLifted }: LiftPanelProps<Value>) {
  const words = useMessages(opsCampaignsMessages);
  return (
    <StopPanel
      title={words.liftTitle}
      name={name}
      text={words.liftText}
      action={words.lift}
      reasonLabel={words.liftReason}
      stop={({ reason }) => lift({ reason })}
      onClose={onClose}
      onStopped={onLifted}
    />
  );
}
