'use client';

import { type ReactNode, useState } from 'react';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { useMessages } from '../../ui/locale.tsx';
import { chipClass } from '../../ui/tag.tsx';
import { Counted } from '../counted.tsx';
import { countText } from '../figure-words.ts';
import { BranchTable } from './branch-table.tsx';
import { ChosenNode } from './chosen-node.tsx';
import { Legend } from './legend.tsx';
import { PictureBox } from './picture-box.tsx';
import type { SpreadModel } from './spread-model.ts';
import { SpreadSearch } from './spread-search.tsx';
import { TimeSlider } from './time-slider.tsx';

/** By its code: the same link has another place when the spread is read again. */
type Chosen = { readonly code: string; readonly isFromTable: boolean };

type GraphDeskProps = { campaignId: string; model: SpreadModel; live: ReactNode };

/** The picture with its controls, and beside it the same as a table: search, the chosen one, what grew from it. */
export function GraphDesk({ campaignId, model, live }: GraphDeskProps) {
  const words = useMessages(studioGraphMessages);
  const { columns, spread } = model;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isByRevenue, setByRevenue] = useState(false);
  const [time, setTime] = useState({ now: 1, isReplay: false });
  const [spanSeconds, setSpanSeconds] = useState(model.spanSeconds);
  if (spanSeconds !== model.spanSeconds) {
    // What has grown meanwhile is at the end: whoever looks at a moment goes on looking at that moment.
    setSpanSeconds(model.spanSeconds);
    if (time.now < 1 && !time.isReplay) setTime({ ...time, now: (time.now * spanSeconds) / model.spanSeconds });
  }
  const node = chosen === null ? null : (model.nodeOf(chosen.code) ?? null);
  function choose(place: number | null, isFromTable: boolean): void {
    const code = place === null ? undefined : columns.code[place];
    setChosen(code === undefined ? null : { code, isFromTable });
  }
  const fromTable = (place: number | null) => choose(place, true);
  const size = countText(spread.size);
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 className="text-18 font-semibold">{words.title}</h2>
        <Counted of="graph" name={words.title} />
        <p className="text-14 text-ink-2">
          {columns.isCut
            ? words.cut(size, countText(columns.total))
            : words.count(size, countText(spread.generations.length))}
        </p>
        <div className="ml-auto">{live}</div>
      </div>
      <div className="grid gap-4 studio:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0">
          <div className="overflow-hidden rounded-card bg-card shadow-card">
            <PictureBox
              model={model}
              isByRevenue={isByRevenue}
              now={time.now}
              isReplay={time.isReplay}
              chosen={node}
              isLookedAt={chosen?.isFromTable ?? false}
              onChoose={(place) => choose(place, false)}
            />
            <div className="border-line border-t p-3">
              <TimeSlider model={model} time={time} onTime={setTime} />
              <fieldset className="mt-3 flex flex-wrap items-center gap-2">
                <legend className="sr-only">{words.colour}</legend>
                {[false, true].map((isRevenue) => (
                  <button
                    key={String(isRevenue)}
                    type="button"
                    aria-pressed={isByRevenue === isRevenue}
                    onClick={() => setByRevenue(isRevenue)}
                    className={chipClass(isByRevenue === isRevenue)}
                  >
                    {isRevenue ? words.byRevenue : words.byGeneration}
                  </button>
                ))}
              </fieldset>
              <Legend model={model} isByRevenue={isByRevenue} />
            </div>
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <SpreadSearch campaignId={campaignId} model={model} onChoose={fromTable} />
          {node !== null && <ChosenNode model={model} node={node} onClear={() => setChosen(null)} />}
          <BranchTable model={model} node={node ?? -1} onChoose={fromTable} />
        </div>
      </div>
    </>
  );
}
