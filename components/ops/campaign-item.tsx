'use client';

import { type ReactNode, useState } from 'react';
import type { OpsTeamCampaign } from '../../lib/contracts/ops-team.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsRaiseMessages } from '../../lib/messages/ops-raise.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { CampaignRow, isLive, type RowCampaign, type RowWords } from './campaign-row.tsx';
import type { Refusal } from './law-faults.tsx';
import { RaiseNote } from './raise-note.tsx';

/** What every campaign is that freezes when it is published and whose budget can be raised. */
export type Campaign = RowCampaign & Pick<OpsTeamCampaign, 'id' | 'name' | 'isOwn' | 'madeBy' | 'raise'>;

type Words = RowWords & { readonly [Word in 'approved' | 'discard' | 'withdrawHeld']: string };
type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

/** What is done with one tap. */
export type RowCommands<Value> = {
  readonly publish: (id: string) => Promise<Answer<Value>>;
  readonly approve: (id: string) => Promise<Answer<Value>>;
  readonly approveRaise: (raiseId: string) => Promise<Answer<Value>>;
  readonly undoRaise: (raiseId: string) => Promise<Answer<Value>>;
};

type CampaignItemProps<Value> = {
  campaign: Campaign;
  words: Words;
  /** The campaign in one sentence, its terms below, and what has become of it. */
  lead: string;
  terms: readonly string[];
  figures: readonly (readonly [label: string, value: string])[];
  commands: RowCommands<Value>;
  onTaken: (value: Value, said: string) => void;
  onEdit: () => void;
  onOpen: (what: 'stop' | 'rules' | 'lift' | 'raise') => void;
};

/** One campaign in its row, with all that can be done about it. */
export function CampaignItem<Value>({
  campaign,
  words,
  commands,
  onTaken,
  onEdit,
  onOpen,
  ...says
}: CampaignItemProps<Value>) {
  const common = useMessages(opsCampaignsMessages);
  const raising = useMessages(opsRaiseMessages);
  const locale = useLocale();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<keyof RowCommands<Value> | null>(null);
  const { id, state, raise } = campaign;
  const mayWithdraw = !campaign.isWithdrawn && (state === 'stopped' || state === 'over');

  async function send(command: keyof RowCommands<Value>, said: string) {
    if (busy !== null) return;
    setBusy(command);
    setRefusal(null);
    const isRaise = command === 'approveRaise' || command === 'undoRaise';
    const answer = await commands[command](isRaise ? (raise?.id ?? '') : id);
    setBusy(null);
    if (answer.ok) onTaken(answer.value, said);
    else setRefusal(answer.refusal);
  }

  const small = (command: keyof RowCommands<Value>, label: string, said: string, look: 'act' | 'quiet' = 'act') => (
    <Button look={look} size="s" busy={busy === command} onClick={() => send(command, said)}>
      {label}
    </Button>
  );
  const quiet = (label: string, onClick: () => void): ReactNode => (
    <Button look="quiet" size="s" onClick={onClick}>
      {label}
    </Button>
  );

  return (
    <CampaignRow
      campaign={campaign}
      name={inLocale(campaign.name, locale)}
      words={words}
      actions={
        <>
          {state === 'waiting' && !campaign.isOwn && small('approve', common.approve, words.approved)}
          {state === 'draft' && (
            <>
              {quiet(words.discard, () => onOpen('stop'))}
              {quiet(common.edit, onEdit)}
              {campaign.faults.length === 0 && small('publish', common.publish, common.published)}
            </>
          )}
          {isLive(state) && raise === null && quiet(raising.raise, () => onOpen('raise'))}
          {(isLive(state) || mayWithdraw) &&
            quiet(isLive(state) ? common.stop : words.withdrawHeld, () => onOpen('stop'))}
        </>
      }
      lead={says.lead}
      terms={[...says.terms, common.madeBy(campaign.madeBy)]}
      figures={says.figures}
      refusal={refusal}
      onRules={() => onOpen('rules')}
      onLift={() => onOpen('lift')}
    >
      {raise && (
        <RaiseNote
          asked={raising.raiseWaits(yuanText(raise.addFen), raise.askedBy)}
          validFrom={raise.validFrom}
          words={raising}
          actions={
            <>
              {!raise.isOwn && small('approveRaise', raising.approveRaise, raising.raised)}
              {small('undoRaise', raising.undoRaise, raising.undone, 'quiet')}
            </>
          }
        />
      )}
    </CampaignRow>
  );
}
