'use client';

import { useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { setPerson } from '../../lib/client/session.ts';
import { leaveForWechat, type MyWechat, toldByWechat } from '../../lib/client/wechat/sign-in.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { wechatMessages } from '../../lib/messages/wechat.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { useLocale } from '../ui/locale.tsx';

const NOBODY: MyWechat = { isBound: false, isHere: false, offeredName: null };

/** What WeChat's answer in the address says, taken out of it so that a reload does not say it again. */
function takeTold(): string | null {
  const address = new URL(location.href);
  const told = address.searchParams.get('wechat');
  if (told === null) return null;
  address.searchParams.delete('wechat');
  history.replaceState(history.state, '', address);
  return told;
}

/** The shopper's own WeChat, on 我的 in WeChat's browser: sign in, bind, take its name, unbind. */
export function WechatCard({ isSignedIn }: { isSignedIn: boolean }) {
  const locale = useLocale();
  const words = wechatMessages[locale];
  const [mine, setMine] = useState<MyWechat | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isUnbinding, setUnbinding] = useState(false);

  useEffect(() => {
    const told = takeTold();
    if (told !== null) setSaid(toldByWechat(told, locale) ?? words.told_ok);
    void call('wechat.mine', {}).then((answer) => {
      if (answer.ok) setMine(answer.value);
      // Nobody yet, who may sign in; a shop without an account at WeChat shows nothing.
      else if (answer.refusal.code === 'login_required') setMine(NOBODY);
    });
  }, [locale, words]);

  if (mine === null) return null;

  const once = async (work: () => Promise<string | null>) => {
    if (isBusy) return;
    setBusy(true);
    setSaid(await work());
    setBusy(false);
  };
  const leave = (intent: 'sign_in' | 'name') => once(() => leaveForWechat(intent, pathInLocale('/me', locale), locale));
  const answerName = (agrees: boolean) =>
    once(async () => {
      const answer = await call('wechat.useName', { agrees });
      if (!answer.ok) return refusalText(answer.refusal, locale);
      setPerson(answer.value.person);
      setMine({ ...mine, offeredName: null });
      return null;
    });
  const unbind = () =>
    once(async () => {
      const answer = await call('wechat.unbind', {});
      setUnbinding(false);
      if (!answer.ok) return refusalText(answer.refusal, locale);
      setMine(NOBODY);
      return null;
    });

  const { isBound, isHere, offeredName } = mine;
  const text = isBound
    ? isHere
      ? words.boundText
      : words.boundElsewhereText
    : isSignedIn
      ? words.unboundText
      : words.guestText;
  return (
    <section aria-labelledby="wechat-title" className="flex flex-col gap-2 rounded-card bg-card p-4 shadow-card">
      <h2 id="wechat-title" className="text-16 font-semibold">
        {words.title}
      </h2>
      <p className="text-14 text-ink-2">{text}</p>
      {offeredName !== null && <p className="text-14">{words.offered(offeredName)}</p>}
      <p role="status" className="text-14 empty:hidden">
        {said}
      </p>
      <div className="flex flex-wrap gap-2">
        {offeredName !== null && (
          <>
            <Button size="s" busy={isBusy} onClick={() => answerName(true)}>
              {words.useName}
            </Button>
            <Button look="quiet" size="s" disabled={isBusy} onClick={() => answerName(false)}>
              {words.noName}
            </Button>
          </>
        )}
        {!isHere && (
          <Button size="s" busy={isBusy} onClick={() => leave('sign_in')}>
            {isBound ? words.confirmHere : isSignedIn ? words.bind : words.signIn}
          </Button>
        )}
        {isHere && isSignedIn && offeredName === null && (
          <Button look="soft" size="s" disabled={isBusy} onClick={() => leave('name')}>
            {words.takeName}
          </Button>
        )}
        {isBound && (
          <Button look="quiet" size="s" disabled={isBusy} onClick={() => setUnbinding(true)}>
            {words.unbind}
          </Button>
        )}
      </div>
      <ConfirmSheet
        open={isUnbinding}
        title={words.unbindTitle}
        text={words.unbindText}
        yes={words.unbind}
        no={words.keep}
        error={null}
        isBusy={isBusy}
        onYes={unbind}
        onClose={() => setUnbinding(false)}
      />
    </section>
  );
}
