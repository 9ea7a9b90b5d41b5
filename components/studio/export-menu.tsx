'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { saveFile } from '../../lib/client/save-file.ts';
import { EXPORTS, type ExportName } from '../../lib/domain/sharing/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Section } from './figure.tsx';
import { countText } from './figure-words.ts';

const FORMATS = ['csv', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** Tables of a campaign to take away. */
export function ExportMenu({ campaignId }: { campaignId: string }) {
  const words = useMessages(studioCampaignMessages);
  const locale = useLocale();
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  async function take(what: ExportName, format: Format) {
    if (busy !== null) return;
    setBusy(`${what}-${format}`);
    setRefused(null);
    const answer = await call('studio.export', { campaignId, what, format });
    setBusy(null);
    if (!answer.ok) return setRefused(refusedText(answer.refusal, locale));
    const { fileName, contentType, text, rows, isCut } = answer.value;
    saveFile(fileName, contentType, text);
    setSaid(isCut ? words.takeCut(countText(rows)) : words.taken(countText(rows)));
  }

  return (
    <Section title={words.take} note={words.takeText}>
      <StaffRefused text={refused} />
      <ul className="grid gap-2 rounded-card bg-card p-3 shadow-card desk:grid-cols-2">
        {EXPORTS.map((what) => (
          <li key={what} className="flex items-center gap-2 text-14">
            <span className="min-w-0 flex-1">{words[`what_${what}`]}</span>
            {FORMATS.map((format) => (
              <Button
                key={format}
                look="quiet"
                size="s"
                busy={busy === `${what}-${format}`}
                aria-label={`${words[`what_${what}`]} ${format.toUpperCase()}`}
                onClick={() => void take(what, format)}
              >
                {format.toUpperCase()}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      <p role="status" className="mt-2 text-14 text-ink-2">
        {said}
      </p>
    </Section>
  );
}
