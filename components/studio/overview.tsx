'use client';

import { useLiveFunnel } from '../../lib/client/studio-funnel.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Bars } from './bars.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';
import { ChannelsPanel } from './channels-panel.tsx';
import { Counted } from './counted.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Figure } from './figure.tsx';
import { countText, moneyText, partText } from './figure-words.ts';
import { FiguresPanel } from './figures-panel.tsx';
import { LiveTag } from './live-tag.tsx';
import { SpreadersPanel } from './spreaders-panel.tsx';

const STEPS = ['links', 'opens', 'visitors', 'touched', 'joined', 'orders'] as const;

/** The funnel as it moves, and below it how the campaign spreads, by whom and where. */
export function Overview({ campaign }: { campaign: StudioCampaign }) {
  return (
    <>
      <Funnel campaignId={campaign.id} />
      <FiguresPanel campaignId={campaign.id} />
      <ChannelsPanel campaignId={campaign.id} />
      <SpreadersPanel campaignId={campaign.id} />
      <ExportMenu campaignId={campaign.id} />
    </>
  );
}

function Funnel({ campaignId }: { campaignId: string }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const { funnel, failure, isTold } = useLiveFunnel(campaignId);
  const error = failure ? refusedText(failure, locale) : null;
  return (
    <StaffState
      read={{
        value: funnel,
        error: funnel === null ? error : null,
        isLoading: funnel === null,
        reload: () => location.reload(),
      }}
      isEmpty={false}
      empty={{ title: '', text: '' }}
    >
      {funnel && (
        <section aria-label={words.funnel}>
          <div className="mb-2">
            <LiveTag isTold={isTold} isStale={failure !== null} asOf={funnel.version} />
          </div>
          <div className="grid gap-3 studio:grid-cols-2">
            <Bars
              label={words.funnel}
              bars={STEPS.map((step, index) => {
                const before = index >= 2 ? funnel[STEPS[index - 1]!] : 0;
                return {
                  id: step,
                  name: (
                    <>
                      {common[step]}
                      <Counted of={step} name={common[step]} />
                    </>
                  ),
                  value: funnel[step],
                  text: countText(funnel[step]),
                  more: before > 0 ? words.ofBefore(partText(funnel[step] / before)) : undefined,
                };
              })}
            />
            <dl aria-label={words.money} className="grid grid-cols-2 content-start gap-3">
              <Figure name={common.gmv} counted="gmvFen" value={moneyText(funnel.gmvFen)} />
              <Figure name={common.refunded} counted="refundedFen" value={moneyText(funnel.refundedFen)}>
                {funnel.gmvFen > 0 && words.refundedOf(partText(funnel.refundedFen / funnel.gmvFen))}
              </Figure>
              <Figure name={common.kept} counted="vestedFen" value={moneyText(funnel.vestedFen)} />
              <Figure name={common.orders} counted="orders" value={countText(funnel.orders)} />
            </dl>
          </div>
        </section>
      )}
    </StaffState>
  );
}
