'use client';

import type { ValueNamed } from '../../lib/contracts/named.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';
import { Counted } from './counted.tsx';
import { DataTable } from './data-table.tsx';
import { moneyText } from './figure-words.ts';

type Models = ValueNamed<'studio.models'>;
const LINKS_SHOWN = 100;

/** Links in the order of what the counted model gives them, each with what every model would give. */
function rowsOf({ counted, models }: Models) {
  const fenOf = new Map(models.map(({ model, links }) => [model, new Map(links.map(({ code, fen }) => [code, fen]))]));
  const codes = [...new Set(models.flatMap(({ links }) => links.map(({ code }) => code)))];
  const ours = fenOf.get(counted);
  return {
    fenOf,
    rows: codes.toSorted((a, b) => (ours?.get(b) ?? 0) - (ours?.get(a) ?? 0)).slice(0, LINKS_SHOWN),
  };
}

/** What a change of the attribution model would say of the same orders. */
export function ModelsView({ campaign }: { campaign: StudioCampaign }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const read = useStaffRead('studio.models', { campaignId: campaign.id });
  const value = read.value;
  const { fenOf, rows } = value ? rowsOf(value) : { fenOf: new Map<string, Map<string, number>>(), rows: [] };
  return (
    <>
      <div className="mb-2 flex items-center gap-2">
        <h2 className="text-18 font-semibold">{words.models}</h2>
        <Counted of="models" name={words.models} />
      </div>
      <p className="mb-3 text-14 text-ink-2">{words.modelsText}</p>
      <StaffState read={read} isEmpty={rows.length === 0} empty={{ title: words.noModels, text: '' }}>
        {value && (
          <DataTable
            label={words.models}
            rows={rows}
            first={20}
            keyOf={(code) => code}
            columns={[
              { head: words.link, cell: (code) => <span className="font-mono text-12">/s/{code}</span> },
              ...value.models.map(({ model }) => ({
                head:
                  model === value.counted ? `${common[`model_${model}`]} (${words.counts})` : common[`model_${model}`],
                isFigure: true,
                cell: (code: string) => (
                  <span className={cx(model === value.counted && 'font-semibold text-lacquer')}>
                    {moneyText(fenOf.get(model)?.get(code) ?? 0)}
                  </span>
                ),
              })),
            ]}
          />
        )}
      </StaffState>
    </>
  );
}
