'use client';

import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { useMessages } from '../ui/locale.tsx';
import { DataTable } from './data-table.tsx';
import { Section } from './figure.tsx';
import { countText, moneyText } from './figure-words.ts';

/** Who brought most visitors. */
export function SpreadersPanel({ campaignId }: { campaignId: string }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const read = useStaffRead('studio.spreaders', { campaignId });
  const rows = read.value?.spreaders ?? [];
  return (
    <Section title={words.spreaders} counted="spreaders">
      <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
        {rows.length === 0 ? (
          <p className="rounded-card bg-card p-4 text-14 text-ink-2 shadow-card">{words.noSpreaders}</p>
        ) : (
          <DataTable
            label={words.spreaders}
            rows={rows}
            first={10}
            keyOf={({ sharer }) => sharer ?? ''}
            columns={[
              {
                head: words.spreader,
                cell: ({ sharer, name }) => <span className="font-medium">{name ?? sharer ?? common.shop}</span>,
              },
              { head: common.links, isFigure: true, cell: ({ links }) => countText(links) },
              { head: common.opens, isFigure: true, cell: ({ opens }) => countText(opens) },
              { head: common.visitors, isFigure: true, cell: ({ visitors }) => countText(visitors) },
              { head: common.shares, counted: 'children', isFigure: true, cell: ({ children }) => countText(children) },
              { head: common.orders, isFigure: true, cell: ({ orders }) => countText(orders) },
              { head: common.revenue, counted: 'revenue', isFigure: true, cell: ({ fen }) => moneyText(fen) },
            ]}
          />
        )}
      </StaffState>
    </Section>
  );
}
