'use client';
import { useCallback, useEffect, useState } from 'react';
import { hearServerTime } from './answer-clock.ts';
import { isLiveOpen, onLive, startLive } from './live/socket.ts';
import { useMe } from './session.ts';

export type Failure = { readonly code: string; readonly message?: string };

/** What everybody sees of a thing that has a room on the socket; the higher version is the newer one. */
type Picture = { readonly code: string; readonly version: number };
type Read<View> = { readonly ok: true; readonly value: View } | { readonly ok: false; readonly refusal: Failure };

/** How a thing of this kind is read and watched. A constant: a hook depends on it. */
export type LiveRoom<View extends { readonly now: number }, P extends Picture> = {
  readonly read: (code: string) => Promise<Read<View>>;
  readonly watch: (code: string | null) => Promise<unknown>;
  readonly onChanged: (listener: (picture: P) => void) => () => void;
  readonly pictureOf: (view: View) => P;
  /** The view with this picture in it. */
  readonly withPicture: (view: View, picture: P) => View;
  /** Without what it is to the person who asked for it. */
  readonly asStranger: (view: View) => View;
  /** The picture means something for this shopper that only his own answer says. */
  readonly needsRead: (picture: P) => boolean;
};

/** Where the socket is blocked the room is asked for so often; where it is open, every sixth time. */
const ASK_EVERY_MS = 5_000;
const TURNS_WITH_SOCKET = 6;

/**
 * One thing, live: read at once, then told by the socket whenever it changes; asked every 5 s where there is no socket.
 * `view` is null until an answer came. A picture that comes late changes nothing.
 */
export function useLiveRoom<View extends { readonly now: number }, P extends Picture>(
  kind: LiveRoom<View, P>,
  code: string | null,
) {
  const { person, isKnown } = useMe();
  const personId = person?.id ?? null;
  const [view, setView] = useState<View | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const refresh = useCallback(async () => {
    if (code === null) return;
    const answer = await kind.read(code);
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    const { value } = answer;
    hearServerTime(value.now);
    // An answer that was on its way while a command was answered knows nothing of what that did.
    setView((before) => (before !== null && isNewer(kind.pictureOf(before), kind.pictureOf(value)) ? before : value));
  }, [kind, code]);

  /** What a command has answered: a newer picture, and what the thing is to this shopper. */
  const take = useCallback(
    (now: number, picture: P, withOwn: (view: View) => View) => {
      hearServerTime(now);
      setView((before) => before && withOwn(newer(kind, before, picture)));
    },
    [kind],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: to another person it is something else
  useEffect(() => {
    setView((before) => (before !== null && kind.pictureOf(before).code === code ? kind.asStranger(before) : null));
    setFailure(null);
    if (code === null) return;
    void refresh();
    let turn = 0;
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(() => {
      turn += 1;
      if (!isLiveOpen() || turn % TURNS_WITH_SOCKET === 0) look();
    }, ASK_EVERY_MS);
    // Watched first and read then: what changes in between is in the picture that is read.
    const watch = () => void kind.watch(code).then(look);
    const ends = [
      onLive('open', watch),
      kind.onChanged((picture) => {
        setView((before) => before && newer(kind, before, picture));
        if (kind.needsRead(picture)) look();
      }),
    ];
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    startLive();
    if (isLiveOpen()) watch();
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
      void kind.watch(null);
    };
  }, [kind, code, refresh, personId]);

  return { view, failure, refresh, take, isNobody: isKnown && person?.isVerified !== true, isKnown };
}

/** Of the same thing, and later. */
function isNewer(picture: Picture, other: Picture): boolean {
  return picture.code === other.code && picture.version > other.version;
}

function newer<View extends { readonly now: number }, P extends Picture>(
  kind: LiveRoom<View, P>,
  view: View,
  picture: P,
): View {
  return isNewer(picture, kind.pictureOf(view)) ? kind.withPicture(view, picture) : view;
}
