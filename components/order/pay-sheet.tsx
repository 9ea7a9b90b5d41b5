'use client';

import { correction, generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import { useMemo, useState } from 'react';
import { type Channel, canPayHere, type PayQuestion } from '../../lib/client/start-payment.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { payMessages } from '../../lib/messages/pay.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

type PaySheetProps = {
  /** Null: closed. What was asked last stays on it while it goes down. */
  question: PayQuestion | null;
  amountFen: number;
  isBusy: boolean;
  refused: string | null;
  onChoose: (channel: Channel) => void;
  onClose: () => void;
};

/** How to pay, when there is more than one way; or the picture that the shopper scans with his phone. */
export function PaySheet({ question, amountFen, isBusy, refused, onChoose, onClose }: PaySheetProps) {
  const words = useMessages(payMessages);
  const [last, setLast] = useState(question);
  if (question !== null && question !== last) setLast(question);
  const isScan = last?.kind === 'scan';
  return (
    <Sheet open={question !== null} onClose={onClose} title={isScan ? words.scanTitle : words.chooseTitle}>
      <p className="figures text-center text-28 font-semibold">¥{yuanText(amountFen)}</p>
      {last?.kind === 'scan' && <ScanCode content={last.content} />}
      {last?.kind === 'choose' && (
        <ChooseWay
          channels={last.channels}
          paysInWechat={last.paysInWechat}
          isBusy={isBusy}
          refused={refused}
          onChoose={onChoose}
        />
      )}
    </Sheet>
  );
}

function ScanCode({ content }: { content: string }) {
  const words = useMessages(payMessages);
  const picture = useMemo(
    () => toSvgDataURL(generate(content, { minCorrectionLevel: correction.M }), { on: 'black', off: 'white' }),
    [content],
  );
  return (
    <div className="mt-3 flex flex-col items-center gap-3 pb-2">
      {/* biome-ignore lint/performance/noImgElement: a picture made on the spot */}
      <img src={picture} alt={words.scanAlt} width={220} height={220} className="rounded-card bg-white" />
      <p className="text-14 text-ink-2">{words.scanText}</p>
    </div>
  );
}

type ChooseWayProps = Pick<PaySheetProps, 'isBusy' | 'refused' | 'onChoose'> & {
  channels: readonly Channel[];
  paysInWechat: boolean;
};

function ChooseWay({ channels, paysInWechat, isBusy, refused, onChoose }: ChooseWayProps) {
  const words = useMessages(payMessages);
  const [chosen, setChosen] = useState(channels[0]);
  const isOutside = chosen !== undefined && !canPayHere(chosen, paysInWechat);
  return (
    <form
      className="mt-3 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined && !isOutside) onChoose(chosen);
      }}
    >
      <fieldset className="flex flex-col divide-y divide-line overflow-hidden rounded-card border border-line">
        <legend className="sr-only">{words.chooseTitle}</legend>
        {channels.map((channel) => (
          <label
            key={channel}
            className="flex min-h-14 items-center gap-3 px-4 has-focus-visible:outline-2 has-checked:bg-lacquer-soft"
          >
            <input
              type="radio"
              name="channel"
              className="sr-only"
              checked={chosen === channel}
              onChange={() => setChosen(channel)}
            />
            <span className="flex-1">
              <span className="block text-16 font-semibold">{words[`name_${channel}`]}</span>
              <span className="block text-12 text-ink-2">{words[`note_${channel}`]}</span>
            </span>
            {chosen === channel && <Icon name="check" className="text-lacquer" />}
          </label>
        ))}
      </fieldset>
      {isOutside && (
        <p role="status" className="text-14 text-ink-2">
          {words.outside}
        </p>
      )}
      {refused !== null && (
        <p role="alert" className="text-14 text-on-lacquer-soft">
          {refused}
        </p>
      )}
      <Button type="submit" size="l" wide busy={isBusy} disabled={isOutside}>
        {words.go}
      </Button>
    </form>
  );
}
