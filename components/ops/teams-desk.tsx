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
import { CampaignItem, type RowCommands } from './campaign-item.tsx';
import type { PanelCommands } from './campaign-panels.tsx';
import { newTeam, type TeamDraft, teamIn } from './team-draft.ts';
import { type OpsTeams, saysPot, saysTerms } from './team-says.ts';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const TeamEditor = late(() => import('./team-editor.tsx').then((module) => module.TeamEditor));
const CampaignPanels = late(() => import('./campaign-panels.tsx').then((module) => module.CampaignPanels<OpsTeams>));

const COMMANDS: RowCommands<OpsTeams> & PanelCommands<OpsTeams> = {
  publish: (id) => call('ops.publishTeamCampaign', { id }),
  approve: (id) => call('ops.approveTeamCampaign', { id }),
  stop: (given) => call('ops.stopTeamCampaign', given),
  lift: (given) => call('ops.liftTeamCampaign', given),
  raise: (given) => call('ops.raiseTeamCampaign', given),
  approveRaise: (raiseId) => call('ops.approveTeamRaise', { raiseId }),
  undoRaise: (raiseId) => call('ops.undoTeamRaise', { raiseId }),
};

type Open = { readonly what: 'stop' | 'rules' | 'lift' | 'raise'; readonly team: OpsTeamCampaign };
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
  const moments = campaigns.flatMap(({ startsAt, endsAt, validFrom, raise, pause }) => [
    startsAt,
    endsAt,
    validFrom,
    raise?.validFrom,
    pause?.goesOnAt,
  ]);
  useAskAtNextChange(now, moments, read.reload);
  const take = (answer: OpsTeams, said: string) => {
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
            <CampaignItem
              key={team.id}
              campaign={team}
              words={words}
              lead={saysPot(team, locale)}
              terms={saysTerms(team, read.value?.categories ?? [], locale)}
              figures={figureRows(team.figures, words)}
              commands={COMMANDS}
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
        {open && open.what !== 'rules' && (
          <CampaignPanels
            campaign={open.team}
            what={open.what}
            words={words}
            commands={COMMANDS}
            onClose={() => setOpen(null)}
            onTaken={take}
          />
        )}
      </Suspense>
    </>
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
