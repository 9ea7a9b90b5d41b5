'use client';

import Link from 'next/link';
import { Suspense, useState } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignsMessages } from '../../lib/messages/studio-campaigns.ts';
import { dateText } from '../../lib/messages/time.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { countText, moneyText } from './figure-words.ts';
import { useRole } from './use-role.ts';

const CampaignEditor = late(() => import('./campaign-editor.tsx').then((module) => module.CampaignEditor));

export type StudioCampaign = ValueNamed<'studio.campaigns'>['campaigns'][number];

/** All campaigns with what came of them. */
export function CampaignsDesk() {
  const words = useMessages(studioCampaignsMessages);
  const common = useMessages(studioMessages);
  const { isMarketer } = useRole();
  const read = useStaffRead('studio.campaigns', {});
  const [editing, setEditing] = useState<StudioCampaign | 'new' | null>(null);
  const campaigns = read.value?.campaigns ?? [];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        {isMarketer && (
          <Button size="s" className="ml-auto" onClick={() => setEditing('new')}>
            {words.make}
          </Button>
        )}
        <p className="w-full text-14 text-ink-2">{isMarketer ? words.text : common.lookOnly}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={campaigns.length === 0}
        empty={{ title: words.emptyTitle, text: words.emptyText }}
      >
        <ul aria-label={words.list} className="grid gap-3 studio:grid-cols-2">
          {campaigns.map((campaign) => (
            <CampaignCard
              key={campaign.id}
              campaign={campaign}
              onEdit={isMarketer && campaign.isEditable ? () => setEditing(campaign) : null}
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>
        {editing && (
          <CampaignEditor
            campaign={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
            onSaved={() => {
              setEditing(null);
              toast(words.saved);
              read.reload();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function CampaignCard({ campaign, onEdit }: { campaign: StudioCampaign; onEdit: (() => void) | null }) {
  const words = useMessages(studioCampaignsMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const name = inLocale(campaign.name, locale);
  const figures = [
    [common.links, countText(campaign.links)],
    [common.opens, countText(campaign.opens)],
    [common.visitors, countText(campaign.visitors)],
    [common.orders, countText(campaign.orders)],
    [common.gmv, moneyText(campaign.gmvFen)],
    [common.refunded, moneyText(campaign.refundedFen)],
  ] as const;
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-16 font-semibold">
          <Link
            href={`/studio/campaign?id=${encodeURIComponent(campaign.id)}`}
            prefetch={false}
            className="flex min-h-11 items-center gap-1 text-lacquer"
          >
            <span className="min-w-0">{name}</span>
            <Icon name="forward" className="size-[1em]" />
          </Link>
        </h2>
        {onEdit && (
          <Button look="quiet" size="s" aria-label={`${words.edit}: ${name}`} onClick={onEdit}>
            {words.edit}
          </Button>
        )}
      </div>
      <p className="text-12 text-ink-2">
        {common[`model_${campaign.model}`]} · {common.window(Math.round(campaign.windowMs / DAY_MS))} ·{' '}
        {words.madeAt(dateText(campaign.madeAt, locale))}
      </p>
      <dl className="figures mt-2 grid grid-cols-3 gap-x-4 gap-y-1 border-line border-t pt-2 text-14">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="text-12 text-ink-2">{label}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
