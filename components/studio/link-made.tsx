'use client';

import { correction, generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import { useMemo, useState } from 'react';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { copied } from '../sharing/copied.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';

/** One link: its address to copy, its QR code to save. */
export function LinkMade({ url }: { url: string }) {
  const words = useMessages(studioLinksMessages);
  const [said, setSaid] = useState('');
  const picture = useMemo(
    () => toSvgDataURL(generate(url, { minCorrectionLevel: correction.M }), { on: 'black', off: 'white' }),
    [url],
  );
  return (
    <div className="flex flex-col items-center gap-3">
      {/* biome-ignore lint/performance/noImgElement: a picture made on the spot */}
      <img src={picture} alt={words.qrAlt} width={240} height={240} className="rounded-card bg-white p-2" />
      <p data-testid="studio-link" className="w-full rounded-card bg-paper p-3 text-center text-14 break-all">
        {url}
      </p>
      <div className="grid w-full grid-cols-2 gap-3">
        <Button onClick={async () => setSaid((await copied(url)) ? words.copied : words.notCopied)}>
          {words.copy}
        </Button>
        <a href={picture} download={`${url.slice(-17)}.svg`} className={buttonClass('quiet')}>
          {words.qrSave}
        </a>
      </div>
      <p role="status" className="text-14 text-ink-2">
        {said}
      </p>
    </div>
  );
}

/** The link of a row, opened again. */
export function LinkPanel({ url, onClose }: { url: string; onClose: () => void }) {
  const words = useMessages(studioLinksMessages);
  return (
    <StaffPanel title={words.show} onClose={onClose}>
      <LinkMade url={url} />
    </StaffPanel>
  );
}
