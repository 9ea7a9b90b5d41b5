'use client';

import { useState } from 'react';
import type { AnswerNamed, CounterName } from '../../lib/client/wire.ts';
import { refusedText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';

/** One command of a row: whether it is on its way, and the sentence of its refusal. */
export function useAct() {
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  async function act<N extends CounterName>(ask: () => Promise<AnswerNamed<N>>): Promise<AnswerNamed<N>> {
    setBusy(true);
    setRefused(null);
    const answer = await ask();
    setBusy(false);
    if (!answer.ok) setRefused(refusedText(answer.refusal as { code: string; message?: string }, locale));
    return answer;
  }
  return { isBusy, refused, act };
}
