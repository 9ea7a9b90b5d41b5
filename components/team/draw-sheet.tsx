'use client';

import { useMemo } from 'react';
import type { TeamView } from '../../lib/client/team-room.ts';
import { seedHashOf, splitPot } from '../../lib/domain/team/split.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamResultMessages } from '../../lib/messages/team-result.ts';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

type DrawSheetProps = { open: boolean; view: TeamView; onClose: () => void };

/** The draw, done again on the phone from the seed that was promised before anybody had joined. */
export function DrawSheet({ open, view: { room, own, campaign }, onClose }: DrawSheetProps) {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  const names = teamPartsMessages[locale];
  const again = useMemo(() => {
    if (room.seed === null) return null;
    return { hash: seedHashOf(room.seed), shares: splitPot(campaign, room.seed) };
  }, [room.seed, campaign]);
  const isSame =
    again !== null &&
    again.hash === room.seedHash &&
    room.places.every(({ place, share }) => share?.fen === again.shares[place - 1]);
  return (
    <Sheet open={open} onClose={onClose} title={words.check}>
      <p className="text-14 text-ink-2">{words.checkLead}</p>
      {again && (
        <>
          <p
            role="status"
            className={
              isSame
                ? 'mt-3 rounded-card bg-jade-soft px-3 py-2 text-14 text-jade'
                : 'mt-3 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft'
            }
          >
            {isSame ? words.checkSame : words.checkDiffers}
          </p>
          <table className="mt-3 w-full text-14">
            <thead className="text-12 text-ink-2">
              <tr>
                <th scope="col" className="py-1 text-left font-normal">
                  {words.name}
                </th>
                <th scope="col" className="text-right font-normal">
                  {words.share}
                </th>
                <th scope="col" className="text-right font-normal">
                  {words.recomputed}
                </th>
              </tr>
            </thead>
            <tbody>
              {room.places.map(({ place, name, share }) => (
                <tr key={place} className="border-line border-t">
                  <th scope="row" className="py-2 text-left font-normal">
                    {place}. {place === own?.place ? names.you : (name ?? names.friend)}
                  </th>
                  <td className="figures text-right">¥{yuanText(share?.fen ?? 0)}</td>
                  <td className="figures text-right">¥{yuanText(again.shares[place - 1] ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <dl tabIndex={0} className="mt-3 flex flex-col gap-2 text-12 text-ink-2">
            <Digits term={words.seedHash} digits={room.seedHash} />
            <Digits term={words.seed} digits={room.seed ?? ''} />
            <Digits term={words.hashHere} digits={again.hash} />
          </dl>
        </>
      )}
    </Sheet>
  );
}

function Digits({ term, digits }: { term: string; digits: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="select-all break-all font-mono text-ink">{digits}</dd>
    </div>
  );
}
