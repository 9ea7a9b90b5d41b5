'use client';

import { useMemo } from 'react';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { StaffState } from '../../staff/staff-state.tsx';
import { useMessages } from '../../ui/locale.tsx';
import type { StudioCampaign } from '../campaigns-desk.tsx';
import { LiveTag } from '../live-tag.tsx';
import { GraphDesk } from './graph-desk.tsx';
import { modelOf } from './spread-model.ts';
import { useLiveGraph } from './use-live-graph.ts';

/** Who forwarded after whom, as a picture and as a table, as it happens. */
export function GraphView({ campaign }: { campaign: StudioCampaign }) {
  const words = useMessages(studioGraphMessages);
  const { read, isTold, isStale } = useLiveGraph(campaign.id);
  const columns = read.value;
  const model = useMemo(() => (columns ? modelOf(columns) : null), [columns]);
  return (
    <StaffState
      read={read}
      isEmpty={columns?.code.length === 0}
      empty={{ title: words.emptyTitle, text: words.emptyText }}
    >
      {model && (
        <GraphDesk
          campaignId={campaign.id}
          model={model}
          live={<LiveTag isTold={isTold} isStale={isStale} asOf={model.columns.asOf} />}
        />
      )}
    </StaffState>
  );
}
