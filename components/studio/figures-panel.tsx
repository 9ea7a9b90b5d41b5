'use client';

import type { ValueNamed } from '../../lib/contracts/named.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Bars } from './bars.tsx';
import { Figure, Section } from './figure.tsx';
import { countText, factorText, moneyText, partText, spanText } from './figure-words.ts';

export type Figures = ValueNamed<'studio.figures'>;

const RATES = [
  ['touched', 'rateTouched'],
  ['joined', 'rateJoined'],
  ['ordered', 'rateOrdered'],
  ['refunded', 'rateRefunded'],
] as const;

/** How a campaign spreads: K with its interval, half-life, rates, opens by the hour, generations. */
export function FiguresPanel({ campaignId }: { campaignId: string }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const read = useStaffRead('studio.figures', { campaignId });
  const figures = read.value;
  return (
    <>
      <Section title={words.spread}>
        <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
          {figures && (
            <>
              <SpreadFigures figures={figures} />
              <Hours hours={figures.hours} />
            </>
          )}
        </StaffState>
      </Section>
      {figures && figures.depths.length > 0 && (
        <Section title={words.depths} counted="depths" note={words.depthsText}>
          <Bars
            label={words.depths}
            bars={figures.depths.map(({ depth, links, opens, orders, fen }) => ({
              id: depth,
              name: depth === 0 ? common.shopLinks : common.generation(depth),
              value: links,
              text: countText(links),
              more: `${common.opens} ${countText(opens)} · ${common.orders} ${countText(orders)} · ${moneyText(fen)}`,
            }))}
          />
        </Section>
      )}
    </>
  );
}

function SpreadFigures({ figures: { k, halfLife, rates } }: { figures: Figures }) {
  const words = useMessages(studioCampaignMessages);
  const locale = useLocale();
  return (
    <dl className="grid grid-cols-2 gap-3 studio:grid-cols-3">
      <Figure name={words.k} counted="k" value={k.value === null ? '—' : factorText(k.value)}>
        {k.value === null || k.low === null || k.high === null ? (
          words.kNone
        ) : (
          <>
            {words.kRange(factorText(k.low), factorText(k.high))}
            <br />
            {words.kOf(countText(k.sharers), countText(k.brought))}
          </>
        )}
      </Figure>
      <Figure
        name={words.halfLife}
        counted="halfLife"
        value={halfLife.ms === null ? '—' : spanText(halfLife.ms, locale)}
      >
        {halfLife.ms === null || halfLife.peakAt === null
          ? words.halfLifeNone
          : words.halfLifeFrom(timeText(halfLife.peakAt, locale))}
      </Figure>
      {RATES.map(([name, counted]) => {
        const { of, hits, value, low, high } = rates[name];
        return (
          <Figure key={name} name={words[`rate_${name}`]} counted={counted} value={of === 0 ? '—' : partText(value)}>
            {of > 0 && (
              <>
                {words.rateRange(partText(low), partText(high))}
                <br />
                {countText(hits)} / {countText(of)}
              </>
            )}
          </Figure>
        );
      })}
    </dl>
  );
}

const HOUR_MS = 3_600_000;
const WIDTH = 720;
const HEIGHT = 120;

/** Opens by the hour as an area; the busiest hour is said in words. */
function Hours({ hours }: { hours: Figures['hours'] }) {
  const words = useMessages(studioCampaignMessages);
  const locale = useLocale();
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return null;
  const peak = hours.reduce((most, one) => (one.opens > most.opens ? one : most));
  const span = last.at - first.at + HOUR_MS;
  const wide = Math.max(2, (WIDTH * HOUR_MS) / span - 1);
  return (
    <figure className="mt-3 rounded-card bg-card p-3 shadow-card">
      <figcaption className="mb-2 flex flex-wrap gap-x-3 text-14">
        <span className="font-medium">{words.hours}</span>
        <span className="text-ink-2">{words.peak(timeText(peak.at, locale), countText(peak.opens))}</span>
      </figcaption>
      <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-32 w-full">
        {hours.map(({ at, opens }) => {
          const tall = (opens / peak.opens) * (HEIGHT - 4);
          return (
            <rect
              key={at}
              x={((at - first.at) / span) * WIDTH}
              y={HEIGHT - tall}
              width={wide}
              height={tall}
              className="fill-lacquer"
            />
          );
        })}
      </svg>
      <p className="figures mt-1 flex justify-between text-12 text-ink-2">
        <span>{timeText(first.at, locale)}</span>
        <span>{timeText(last.at + HOUR_MS, locale)}</span>
      </p>
    </figure>
  );
}
