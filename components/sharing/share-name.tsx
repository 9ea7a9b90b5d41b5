'use client';

import { useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useMe } from '../../lib/client/session.ts';
import { shareButtonMessages } from '../../lib/messages/share-button.ts';
import { useLocale } from '../ui/locale.tsx';
import { NameChoice } from './name-choice.tsx';

type ShareNameProps = { isOpen: boolean /** Why it stayed as it was. */; onRefused: (why: string) => void };

/** Whether marketers see the name on one's links; they see a code name of nobody until somebody says yes here. */
export function ShareName({ isOpen, onRefused }: ShareNameProps) {
  const locale = useLocale();
  const { person } = useMe();
  const [isShown, setIsShown] = useState<boolean | null>(null);
  const name = person?.isVerified ? person.displayName : '';
  useEffect(() => {
    if (!isOpen || name === '') return;
    let isOver = false;
    call('share.mine', {}).then((answer) => {
      if (!isOver && answer.ok) setIsShown(answer.value.showsName);
    });
    return () => {
      isOver = true;
    };
  }, [isOpen, name]);
  if (name === '' || isShown === null) return null;
  const change = async (shows: boolean) => {
    setIsShown(shows);
    const answer = await call('share.showName', { shows });
    if (answer.ok) return;
    setIsShown(!shows);
    onRefused(refusalText(answer.refusal, locale));
  };
  return <NameChoice label={shareButtonMessages[locale].showName(name)} isShown={isShown} onChange={change} />;
}
