'use client';

import { useOnline } from '../../lib/client/use-online.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { clockText } from '../../lib/messages/time.ts';
import { useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

/** Whether numbers come by themselves, are asked for, or have stopped coming; and of when they are. */
export function LiveTag({ isTold, isStale, asOf }: { isTold: boolean; isStale: boolean; asOf: number }) {
  const words = useMessages(studioCampaignMessages);
  const common = useMessages(studioMessages);
  const isOnline = useOnline();
  const hasStopped = isStale || !isOnline;
  const tone = hasStopped ? 'act' : isTold ? 'ready' : 'quiet';
  return (
    <p className="flex flex-wrap items-center gap-2 text-14 text-ink-2">
      <Tag tone={tone}>{hasStopped ? words.stale : isTold ? words.live : words.polled}</Tag>
      {common.asOf(clockText(asOf, true))}
    </p>
  );
}
