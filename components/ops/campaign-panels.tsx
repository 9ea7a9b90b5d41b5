'use client';

import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsRaiseMessages } from '../../lib/messages/ops-raise.ts';
import { useLocale } from '../ui/locale.tsx';
import type { Campaign } from './campaign-item.tsx';
import { LiftPanel } from './lift-panel.tsx';
import { RaisePanel } from './raise-panel.tsx';
import { type Answer, StopPanel } from './stop-panel.tsx';

/** What is said before a campaign of this kind is stopped, or its draft thrown away. */
type Words = {
  readonly [Word in
    | 'discard'
    | 'discardText'
    | 'discarded'
    | 'stopTitle'
    | 'stopText'
    | 'held'
    | 'keepHeld'
    | 'keepHeldText'
    | 'withdrawHeld'
    | 'withdrawHeldText']: string;
};

/** How a campaign of this kind is stopped, let go on, and given more money. */
export type PanelCommands<Value> = {
  readonly stop: (given: { id: string; reason: string; withdraw: boolean }) => Promise<Answer<Value>>;
  readonly lift: (given: { id: string; reason: string }) => Promise<Answer<Value>>;
  readonly raise: (given: { id: string; raiseId: string; addFen: number }) => Promise<Answer<Value>>;
};

type CampaignPanelsProps<Value> = {
  campaign: Campaign;
  what: 'stop' | 'lift' | 'raise';
  words: Words;
  commands: PanelCommands<Value>;
  onClose: () => void;
  onTaken: (value: Value, said: string) => void;
};

/** What is asked before a campaign is stopped (a draft: thrown away), let go on, or given more money. */
export function CampaignPanels<Value>(given: CampaignPanelsProps<Value>) {
  const { campaign, what, words, commands, onClose, onTaken } = given;
  const locale = useLocale();
  const common = opsCampaignsMessages[locale];
  const { id, budgetFen } = campaign;
  const name = inLocale(campaign.name, locale);
  const isDraft = campaign.state === 'draft';
  if (what === 'raise') {
    return (
      <RaisePanel
        name={name}
        budgetFen={budgetFen}
        raise={(asked) => commands.raise({ id, ...asked })}
        onClose={onClose}
        onDone={(value) => onTaken(value, opsRaiseMessages[locale].asked)}
      />
    );
  }
  if (what === 'lift') {
    return (
      <LiftPanel
        name={name}
        lift={({ reason }) => commands.lift({ id, reason })}
        onClose={onClose}
        onLifted={(value) => onTaken(value, common.lifted)}
      />
    );
  }
  return (
    <StopPanel
      title={isDraft ? words.discard : words.stopTitle}
      name={name}
      text={isDraft ? words.discardText : words.stopText}
      {...(isDraft && { action: words.discard })}
      {...(!isDraft && {
        fates: {
          legend: words.held,
          keep: { name: words.keepHeld, text: words.keepHeldText },
          withdraw: { name: words.withdrawHeld, text: words.withdrawHeldText },
        },
      })}
      stop={(asked) => commands.stop({ id, ...asked })}
      onClose={onClose}
      onStopped={(value) => onTaken(value, isDraft ? words.discarded : common.stopped)}
    />
  );
}
