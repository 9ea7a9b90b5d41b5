'use client';

import { Suspense } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSession } from '../../lib/client/session.ts';
import { useOwnTeams, useTeamCampaigns } from '../../lib/client/teams.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { mechanicAllowed } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { teamHomeMessages } from '../../lib/messages/team-home.ts';
import { CodeForm } from '../sharing/code-form.tsx';
import type { LoginOver } from '../sharing/login-over.ts';
import type { CategoryName } from '../sharing/rule-facts.tsx';
import { useChannel } from '../sharing/use-channel.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { isOpenTask, OwnTeamRow } from './own-team-row.tsx';
import { TeamHomeSkeleton } from './team-skeleton.tsx';
import { useOpening } from './use-opening.ts';

const InApp = late(() => import('../sharing/in-app.tsx').then((module) => module.InApp));

type TeamHomePageProps = { login: LoginOver; categories: readonly CategoryName[] };

/** 组队红包: what can be opened, one's own that gather or wait to be opened, earlier ones, and the way in by a code. */
export function TeamHomePage({ login: Login, categories }: TeamHomePageProps) {
  const locale = useLocale();
  const words = teamHomeMessages[locale];
  const channel = useChannel();
  const own = useOwnTeams();
  const opening = useOpening(own.isNobody, own.refresh);
  const isInviting = channel !== null && mechanicAllowed('team_invite', channel);
  const teams = own.mine?.teams ?? [];
  // Where nothing may be asked for, what was won is all there is of it.
  const tasks = teams.filter((team) => isOpenTask(team) && (isInviting || team.state === 'split'));
  const earlier = teams.filter((team) => !isOpenTask(team) && (isInviting || team.share?.state === 'opened'));

  return (
    <>
      <TopBar
        title={isInviting ? words.title : words.neutralTitle}
        backTo="/me"
        actions={
          <ShopLink href="/wallet" className="inline-flex min-h-11 items-center text-14 text-ink-2">
            {words.wallet}
          </ShopLink>
        }
      />
      <div className="flex flex-col gap-3 gutter py-3">
        <TeamList title={words.mine} teams={tasks} />
        {channel === null && <TeamHomeSkeleton label={words.loading} />}
        {isInviting && (
          <>
            <Campaigns categories={categories} own={own} opening={opening} />
            <CodeForm pathOf={teamPath} />
          </>
        )}
        <TeamList title={isInviting ? words.history : words.won} teams={earlier} />
        {isInviting && own.isNobody && (
          <p className="flex flex-wrap items-center justify-center gap-x-2 text-14 text-ink-2">
            {words.loginFirst}
            <ShopLink
              href="/login?next=/team"
              className="inline-flex min-h-11 min-w-11 items-center justify-center underline underline-offset-4"
            >
              {words.login}
            </ShopLink>
          </p>
        )}
      </div>
      {channel !== null && !isInviting && (
        <Suspense>
          <InApp />
        </Suspense>
      )}
      <Login open={opening.isSigningIn} onClose={opening.giveUp} onDone={opening.signedIn} />
    </>
  );
}

type TeamListProps = { title: string; teams: NonNullable<ReturnType<typeof useOwnTeams>['mine']>['teams'] };

function TeamList({ title, teams }: TeamListProps) {
  if (teams.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-16 font-semibold">{title}</h2>
      <ul className="flex flex-col gap-2">
        {teams.map((team) => (
          <li key={team.code}>
            <OwnTeamRow team={team} now={serverNow()} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type CampaignsProps = {
  categories: readonly CategoryName[];
  own: ReturnType<typeof useOwnTeams>;
  opening: ReturnType<typeof useOpening>;
};

function Campaigns({ categories, own, opening }: CampaignsProps) {
  const locale = useLocale();
  const words = teamHomeMessages[locale];
  const isOnline = useOnline();
  const { person } = useSession();
  const { campaigns, failure, refresh } = useTeamCampaigns();
  if (campaigns === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={isOnline ? words.failedLoad : words.offline}
        text={isOnline ? refusalText(failure, locale) : words.offlineText}
        action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (campaigns === null) return <TeamHomeSkeleton label={words.loading} />;
  if (campaigns.length === 0) {
    return (
      <EmptyState
        emblem="lantern"
        title={words.none}
        text={words.noneText}
        action={
          <ShopLink href="/" className={buttonClass()}>
            {words.goShopping}
          </ShopLink>
        }
      />
    );
  }
  const now = serverNow();
  return (
    <>
      {(failure !== null || !isOnline) && (
        <p role="status" className="rounded-card bg-gold-soft px-3 py-2 text-14">
          {isOnline && failure ? refusalText(failure, locale) : words.offline}
        </p>
      )}
      {campaigns.map((running) => {
        const { id } = running.campaign;
        const before = own.mine?.teams.filter(({ campaignId }) => campaignId === id) ?? [];
        return (
          <CampaignCard
            key={id}
            running={running}
            categories={categories}
            now={now}
            liveCode={own.mine?.campaigns.find(({ campaignId }) => campaignId === id)?.liveCode ?? null}
            isAgain={before.some((team) => team.own.isLeader)}
            displayName={own.isNobody ? '' : (person?.displayName ?? '')}
            isBusy={opening.busy?.campaignId === id}
            isStill={!isOnline}
            refused={opening.refused?.meant.campaignId === id ? opening.refused : null}
            onOpen={(showName) => opening.tap({ campaignId: id, showName })}
          />
        );
      })}
    </>
  );
}
