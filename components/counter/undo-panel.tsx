'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { askCounter } from '../../lib/client/counter-ask.ts';
import { useSession } from '../../lib/client/session.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { CounterOrder, Handover } from '../../lib/contracts/counter.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffFactors } from '../staff/staff-sign-in.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { useAct } from './use-act.ts';

type UndoPanelProps = {
  handover: Handover;
  units: number;
  onDone: (order: CounterOrder) => void;
  onClose: () => void;
};

/** Takes a handing over back. Who made it has to fetch a second person, who signs in here or does it on his device. */
export function UndoPanel({ handover, units, onDone, onClose }: UndoPanelProps) {
  const words = useMessages(counterListsMessages);
  const frame = useMessages(counterMessages);
  const { isBusy, refused, act } = useAct();
  const [first] = useState(() => useSession.getState().person?.id);
  const person = useSession((state) => state.person);
  const isSecond = !handover.isMine || (person !== null && person.id !== first);
  const secondsLeft = useSecondsLeft(handover.undoUntil, serverNow);

  async function undo() {
    const answer = await act(() => askCounter('counter.undo', { handoverId: handover.id }));
    if (!answer.ok) return;
    toast(words.undoDone);
    onDone(answer.value.order);
  }

  return (
    <StaffPanel title={words.undoTitle} onClose={onClose}>
      <p role="timer" className="figures mb-3 text-28 font-bold">
        {words.undoLeft(secondsLeft ?? 0)}
      </p>
      {isSecond ? (
        <>
          {handover.isMine && person && <p className="mb-2 text-16">{frame.signedInAs(person.displayName)}</p>}
          <p className="mb-4 text-18">{words.undoText(units)}</p>
          <StaffRefused text={refused} />
          <Button wide className="min-h-16 text-18" busy={isBusy} onClick={() => void undo()}>
            {words.undoYes}
          </Button>
        </>
      ) : (
        <>
          <p className="mb-4 text-18">{words.undoOtherText}</p>
          <StaffFactors enter={frame.enter} />
        </>
      )}
    </StaffPanel>
  );
}
