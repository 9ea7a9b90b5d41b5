'use client';

import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { useMessages } from '../ui/locale.tsx';
import { shareGrown } from './growth.ts';
import './growth.css';

type GrowthBarProps = {
  baseFen: number;
  valueFen: number;
  capFen: number;
  /** What has been promised and is not there yet. */
  pendingFen?: number;
  /** It will not grow any more. */
  isOver?: boolean;
};

/** How far it has grown from its base to its cap; what is not there yet is striped. */
export function GrowthBar({ baseFen, valueFen, capFen, pendingFen = 0, isOver = false }: GrowthBarProps) {
  const words = useMessages(packetGrowthMessages);
  const grown = shareGrown(valueFen, { baseFen, capFen });
  const promised = shareGrown(valueFen + pendingFen, { baseFen, capFen });
  return (
    <span className="block w-full">
      {/* biome-ignore lint/a11y/useSemanticElements: two parts, and one of them striped */}
      <span
        role="meter"
        aria-label={words.meter}
        aria-valuemin={baseFen / 100}
        aria-valuemax={capFen / 100}
        aria-valuenow={valueFen / 100}
        aria-valuetext={words.meterText(yuanText(valueFen), yuanText(capFen))}
        data-over={isOver || undefined}
        className="growth-bar"
      >
        <span className="growth-promised" style={{ transform: `scaleX(${promised})` }} />
        <span className="growth-grown" style={{ transform: `scaleX(${grown})` }} />
      </span>
      <span aria-hidden="true" className="figures mt-1 flex flex-wrap justify-between gap-x-3 text-12 text-ink-2">
        <span>{words.base(yuanText(baseFen))}</span>
        <span>{words.cap(yuanText(capFen))}</span>
      </span>
    </span>
  );
}
