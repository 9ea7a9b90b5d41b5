'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { Suspense } from 'react';
import type { Localized } from '../../lib/contracts/contract.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tabs } from '../ui/tabs.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';
import { DeskSkeleton } from './desk-skeleton.tsx';

const VIEWS = ['funnel', 'links', 'graph', 'models'] as const;
type View = (typeof VIEWS)[number];

const PARTS = {
  funnel: late(() => import('./overview.tsx').then((module) => module.Overview)),
  links: late(() => import('./links-view.tsx').then((module) => module.LinksView)),
  graph: late(() => import('./graph/graph-view.tsx').then((module) => module.GraphView)),
  models: late(() => import('./models-view.tsx').then((module) => module.ModelsView)),
};

export type Category = { readonly id: string; readonly name: Localized };

/** One campaign, `?id=`; which of its parts is open is in the address, too. */
export function CampaignPage({ categories }: { categories: readonly Category[] }) {
  const words = useMessages(studioMessages);
  const search = useSearchParams();
  const id = search.get('id') ?? '';
  const read = useStaffRead('studio.campaigns', {});
  const campaign = read.value?.campaigns.find((one) => one.id === id) ?? null;
  const back = (
    <Link href="/studio" prefetch={false} className="inline-flex min-h-11 items-center gap-1 text-14 text-ink-2">
      <Icon name="back" className="size-[1.1em]" />
      {words.backToCampaigns}
    </Link>
  );
  if (read.value !== null && campaign === null) {
    return (
      <EmptyState
        emblem="search"
        title={words.unknownTitle}
        text={words.unknownText}
        action={
          <Link href="/studio" prefetch={false} className={buttonClass('act')}>
            {words.backToCampaigns}
          </Link>
        }
      />
    );
  }
  return (
    <>
      {back}
      <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
        {campaign && <Opened campaign={campaign} view={viewOf(search.get('view'))} categories={categories} />}
      </StaffState>
    </>
  );
}

const viewOf = (given: string | null): View => VIEWS.find((view) => view === given) ?? 'funnel';

type OpenedProps = { campaign: StudioCampaign; view: View; categories: readonly Category[] };

function Opened({ campaign, view, categories }: OpenedProps) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const router = useRouter();
  const Part = PARTS[view];
  const choose = (next: View) =>
    router.replace(`/studio/campaign?id=${encodeURIComponent(campaign.id)}&view=${next}`, { scroll: false });
  return (
    <>
      <h1 className="text-22 font-semibold">{inLocale(campaign.name, locale)}</h1>
      <p className="mb-1 text-14 text-ink-2">
        {common.model}: {common[`model_${campaign.model}`]} · {common.window(Math.round(campaign.windowMs / DAY_MS))}
      </p>
      <div className="-mx-3 wide:-mx-4">
        <Tabs
          label={words.views}
          tabs={VIEWS.map((one) => ({ id: one, label: words[`view_${one}`] }))}
          chosen={view}
          onChoose={choose}
        >
          <div className="gutter pt-3">
            <Suspense fallback={<DeskSkeleton />}>
              <Part campaign={campaign} categories={categories} />
            </Suspense>
          </div>
        </Tabs>
      </div>
    </>
  );
}
