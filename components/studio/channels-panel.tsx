'use client';

import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { useMessages } from '../ui/locale.tsx';
import { DataTable } from './data-table.tsx';
import { Section } from './figure.tsx';
import { countText, moneyText } from './figure-words.ts';

/** Channels by the tags of the shop's link at the top of each chain. */
export function ChannelsPanel({ campaignId }: { campaignId: string }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const read = useStaffRead('studio.channels', { campaignId });
  const rows = read.value?.rows ?? [];
  return (
    <Section title={words.channels} counted="channels" note={read.value?.isCut ? words.cut : undefined}>
      <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
        {rows.length === 0 ? (
          <p className="rounded-card bg-card p-4 text-14 text-ink-2 shadow-card">{words.noChannels}</p>
        ) : (
          <DataTable
            label={words.channels}
            rows={rows}
            first={10}
            keyOf={({ channel, utmSource, utmMedium, utmCampaign }) =>
              [channel, utmSource, utmMedium, utmCampaign].join('\n')
            }
            columns={[
              { head: words.channel, cell: ({ channel }) => <span className="font-medium">{channel}</span> },
              {
                head: words.tags,
                cell: ({ utmSource, utmMedium, utmCampaign }) =>
                  [utmSource, utmMedium, utmCampaign].map((tag) => tag ?? common.none).join(' / '),
              },
              { head: common.opens, isFigure: true, cell: ({ opens }) => countText(opens) },
              { head: common.visitors, isFigure: true, cell: ({ visitors }) => countText(visitors) },
              { head: common.touched, isFigure: true, cell: ({ touched }) => countText(touched) },
              { head: common.orders, isFigure: true, cell: ({ orders }) => countText(orders) },
              { head: common.revenue, counted: 'revenue', isFigure: true, cell: ({ fen }) => moneyText(fen) },
            ]}
          />
        )}
      </StaffState>
    </Section>
  );
}
