'use client';

import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { studioMessages } from '../../../lib/messages/studio.ts';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useMessages } from '../../ui/locale.tsx';
import { looksFor } from './colours.ts';
import type { Picture, PictureFacts } from './picture.ts';
import type { SpreadModel } from './spread-model.ts';
import { useScheme } from './use-scheme.ts';
import { hasWebGl } from './webgl.ts';

type PictureBoxProps = {
  model: SpreadModel;
  isByRevenue: boolean;
  now: number;
  isReplay: boolean;
  chosen: number | null;
  /** The chosen one was chosen beside the picture: the camera goes there. */
  isLookedAt: boolean;
  onChoose: (node: number | null) => void;
};

type PictureModule = typeof import('./picture.ts');
type State = 'loading' | 'drawn' | 'none' | 'lost';
const STEP = 0.15;

/** The picture itself, with its zoom. What draws it is loaded when the box is there and the browser has WebGL. */
export function PictureBox({ model, isByRevenue, now, isReplay, chosen, isLookedAt, onChoose }: PictureBoxProps) {
  const words = useMessages(studioGraphMessages);
  const { shop } = useMessages(studioMessages);
  const scheme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [state, setState] = useState<State>('loading');
  const [round, setRound] = useState(0);
  /** What the picture shows. */
  const drawn = useRef<SpreadModel | null>(null);
  const chosenNow = useEffectEvent((node: number | null) => onChoose(node));
  const looks = useEffectEvent(() => looksFor(scheme, model.columns.revenueFen));
  const factsOf = useEffectEvent((): PictureFacts => {
    const { spread, places, born, columns, nameOf } = model;
    return { spread, places, born, visitors: columns.visitors, labelOf: (node) => nameOf(node, shop) };
  });
  const open = useEffectEvent((place: HTMLElement, onLost: () => void, { openPicture }: PictureModule) => {
    drawn.current = model;
    return openPicture(place, factsOf(), looks(), { onChoose: chosenNow, onLost });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round draws the same again
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    if (!hasWebGl()) return setState('none');
    let isOver = false;
    let opened: Picture | null = null;
    setState('loading');
    const onLost = () => !isOver && setState('lost');
    import('./picture.ts').then((module) => {
      if (isOver) return;
      opened = open(place, onLost, module);
      setPicture(opened);
      setState('drawn');
    }, onLost);
    return () => {
      isOver = true;
      opened?.close();
      setPicture(null);
    };
  }, [round]);

  // The spread has grown meanwhile: drawn in the same picture, where the camera and the chosen one are.
  useEffect(() => {
    const before = drawn.current;
    if (picture === null || before === null || before === model) return;
    drawn.current = model;
    const was = chosen === null ? undefined : before.nodeOf(model.columns.code[chosen]!);
    picture.grow(factsOf(), looks(), chosen === null || was === undefined ? null : { was, is: chosen });
  }, [picture, model, chosen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns belong to the picture
  useEffect(() => picture?.setLooks(looksFor(scheme, model.columns.revenueFen)), [picture, scheme]);
  useEffect(() => picture?.setByRevenue(isByRevenue), [picture, isByRevenue]);
  useEffect(() => picture?.setNow(now, isReplay), [picture, now, isReplay]);
  useEffect(() => picture?.choose(chosen, isLookedAt), [picture, chosen, isLookedAt]);

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => picture?.move(-STEP, 0),
    ArrowRight: () => picture?.move(STEP, 0),
    ArrowUp: () => picture?.move(0, -STEP),
    ArrowDown: () => picture?.move(0, STEP),
    '+': () => picture?.zoomIn(),
    '=': () => picture?.zoomIn(),
    '-': () => picture?.zoomOut(),
    '0': () => picture?.whole(),
  };
  function onKeyDown(event: KeyboardEvent) {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  }
  const control = (name: IconName, label: string, act: () => void) => (
    <button
      type="button"
      aria-label={label}
      onClick={act}
      className="pressable grid size-11 place-items-center rounded-full border border-line bg-card text-ink"
    >
      <Icon name={name} />
    </button>
  );

  if (state === 'none' || state === 'lost') {
    return (
      <p role="alert" className="flex min-h-44 flex-col items-center justify-center gap-3 p-4 text-center text-14">
        <Icon name="warning" className="size-8 text-ink-2" />
        {state === 'none' ? words.noPicture : words.lostPicture}
        {state === 'lost' && (
          <Button
            look="quiet"
            size="s"
            onClick={() => {
              setState('loading');
              setRound(round + 1);
            }}
          >
            {words.drawAgain}
          </Button>
        )}
      </p>
    );
  }
  return (
    <div className="relative">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows and plus move it
        tabIndex={0}
        role="application"
        aria-label={words.picture}
        aria-description={words.keys}
        data-state={state}
        onKeyDown={onKeyDown}
        className="relative h-[60dvh] min-h-80 w-full overflow-hidden"
      />
      {state === 'loading' && (
        <p role="status" className="absolute inset-0 grid place-items-center text-14 text-ink-2">
          {words.loading}
        </p>
      )}
      <div className="absolute right-3 bottom-3 flex flex-col gap-2">
        {control('plus', words.zoomIn, () => picture?.zoomIn())}
        {control('minus', words.zoomOut, () => picture?.zoomOut())}
        {control('grid', words.whole, () => picture?.whole())}
      </div>
    </div>
  );
}
