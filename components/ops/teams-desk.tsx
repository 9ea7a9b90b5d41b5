'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OpsTeamCampaign } from '../../lib/contracts/ops-team.ts';
import type { TeamCampaignFrozen } from '../../lib/contracts/team.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsTeamsMessages } from '../../lib/messages/ops-teams.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { CampaignRow, isLive } from './campaign-row.tsx';
import type { Refusal } from './law-faults.tsx';
import { LiftPanel } from './lift-panel.tsx';
import { StopPanel } from './stop-panel.tsx';
import { newTeam, type TeamDraft, teamIn } from './team-draft.ts';
import { type OpsTeams, saysPot, saysTerms } from './team-says.ts';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const TeamEditor = late(() => import('./team-editor.tsx').then((module) => module.TeamEditor));

type Open = { readonly what: 'stop' | 'rules' | 'lift'; readonly team: OpsTeamCampaign };
type Editing = { readonly draft: TeamDraft; readonly saved: OpsTeamCampaign | null };

type TeamsDeskProps = {
  /** Draws the rules sheet of the shoppers' pages. */
  rules: (given: {
    campaign: TeamCampaignFrozen;
    hash: string;
    /** Names in the language of the page. */
    categories: readonly (readonly [id: string, name: string])[];
    onClose: () => void;
  }) => ReactNode;
};

/** All team campaigns with their teams and money: make one, agree to a large one, read its rules, stop one. */
export function TeamsDesk({ rules }: TeamsDeskProps) {
  const words = useMessages(opsTeamsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.teams', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const campaigns = read.value?.campaigns ?? [];
  const now = read.value?.now ?? null;
  const moments = campaigns.flatMap(({ startsAt, endsAt, validFrom, pause }) => [
    startsAt,
    endsAt,
    validFrom,
    pause?.goesOnAt,
  ]);
  useAskAtNextChange(now, moments, read.reload);
  const take = (answer: OpsTeams, said: string) => {
    read.change(() => answer);
    setEditing(null);
    setOpen(null);
    toast(said);
  };
  const isDraft = open?.team.state === 'draft';

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button
          size="s"
          className="ml-auto"
          disabled={now === null}
          onClick={() => setEditing({ draft: newTeam(now ?? Date.now(), crypto.randomUUID()), saved: null })}
        >
          {words.make}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={campaigns.length === 0}
        empty={{ title: words.emptyTitle, text: words.emptyText }}
      >
        <ul className="flex flex-col gap-3">
          {campaigns.map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              categories={read.value?.categories ?? []}
              onTaken={take}
              onEdit={() => setEditing({ draft: teamIn(team, now ?? Date.now()), saved: team })}
              onOpen={(what) => setOpen({ what, team })}
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>
        {editing && read.value && (
          <TeamEditor
            first={editing.draft}
            faults={editing.saved?.faults ?? []}
            isNew={editing.saved === null}
            now={read.value.now}
            categories={read.value.categories}
            onClose={() => setEditing(null)}
            onSaved={(answer, isPublished) => take(answer, isPublished ? common.published : common.saved)}
          />
        )}
        {open?.what === 'rules' &&
          rules({
            campaign: open.team,
            hash: open.team.hash ?? words.notFrozen,
            categories: (read.value?.categories ?? []).map((category) => [
              category.id,
              inLocale(category.name, locale),
            ]),
            onClose: () => setOpen(null),
          })}
        {open?.what === 'lift' && (
          <LiftPanel
            name={inLocale(open.team.name, locale)}
            lift={({ reason }) => call('ops.liftTeamCampaign', { id: open.team.id, reason })}
            onClose={() => setOpen(null)}
            onLifted={(answer) => take(answer, common.lifted)}
          />
        )}
        {open?.what === 'stop' && (
          <StopPanel
            title={isDraft ? words.discard : words.stopTitle}
            name={inLocale(open.team.name, locale)}
            text={isDraft ? words.discardText : words.stopText}
            {...(isDraft && { action: words.discard })}
            {...(!isDraft && {
              fates: {
                legend: words.held,
                keep: { name: words.keepHeld, text: words.keepHeldText },
                withdraw: { name: words.withdrawHeld, text: words.withdrawHeldText },
              },
            })}
            stop={(given) => call('ops.stopTeamCampaign', { id: open.team.id, ...given })}
            onClose={() => setOpen(null)}
            onStopped={(answer) => take(answer, isDraft ? words.discarded : common.stopped)}
          />
        )}
      </Suspense>
    </>
  );
}

type RowProps = {
  team: OpsTeamCampaign;
  categories: OpsTeams['categories'];
  onTaken: (answer: OpsTeams, said: string) => void;
  onEdit: () => void;
  onOpen: (what: Open['what']) => void;
};
type RowCommand = 'ops.publishTeamCampaign' | 'ops.approveTeamCampaign';

function TeamRow({ team, categories, onTaken, onEdit, onOpen }: RowProps) {
  const words = useMessages(opsTeamsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<RowCommand | null>(null);
  const { id, state, figures } = team;
  const name = inLocale(team.name, locale);
  const mayWithdraw = !team.isWithdrawn && (state === 'stopped' || state === 'over');

  async function send(command: RowCommand, said: string) {
    if (busy !== null) return;
    setBusy(command);
    setRefusal(null);
    const answer = await call(command, { id });
    setBusy(null);
    if (answer.ok) onTaken(answer.value, said);
    else setRefusal(answer.refusal);
  }

  const small = (command: RowCommand, label: string, said: string) => (
    <Button size="s" busy={busy === command} onClick={() => send(command, said)}>
      {label}
    </Button>
  );
  const quiet = (label: string, onClick: () => void) => (
    <Button look="quiet" size="s" onClick={onClick}>
      {label}
    </Button>
  );

  return (
    <CampaignRow
      campaign={team}
      name={name}
      words={words}
      actions={
        <>
          {state === 'waiting' && !team.isOwn && small('ops.approveTeamCampaign', common.approve, words.approved)}
          {state === 'draft' && (
            <>
              {quiet(words.discard, () => onOpen('stop'))}
              {quiet(common.edit, onEdit)}
              {team.faults.length === 0 && small('ops.publishTeamCampaign', common.publish, common.published)}
            </>
          )}
          {(isLive(state) || mayWithdraw) &&
            quiet(isLive(state) ? common.stop : words.withdrawHeld, () => onOpen('stop'))}
        </>
      }
      lead={saysPot(team, locale)}
      terms={[...saysTerms(team, categories, locale), common.madeBy(team.madeBy)]}
      figures={figureRows(figures, words)}
      refusal={refusal}
      onRules={() => onOpen('rules')}
      onLift={() => onOpen('lift')}
    />
  );
}

/** Teams, then shares, then coupons. */
const FIGURES = [
  ...(['gathering', 'split', 'over', 'failed', 'members', 'closed', 'opened', 'lapsed'] as const),
  ...(['usable', 'locked', 'used', 'expired', 'voided'] as const),
];

function figureRows(figures: OpsTeamCampaign['figures'], words: (typeof opsTeamsMessages)['zh-CN']) {
  return FIGURES.map((name) => [words[name], figures[name].toLocaleString('en-US')] as const);
}
