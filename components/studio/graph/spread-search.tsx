'use client';

import { useState } from 'react';
import { studioMessages } from '../../../lib/messages/studio.ts';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { StaffSearch } from '../../staff/staff-search.tsx';
import { StaffRefused } from '../../staff/staff-state.tsx';
import { useStaffRead } from '../../staff/use-staff-read.ts';
import { useMessages } from '../../ui/locale.tsx';
import { countText } from '../figure-words.ts';
import type { SpreadModel } from './spread-model.ts';

type SpreadSearchProps = { campaignId: string; model: SpreadModel; onChoose: (node: number) => void };
const QUERY_CHARS_MIN = 2;

/** Finds somebody by the name he shows, his pseudonym, a link's code or its note. */
export function SpreadSearch({ campaignId, model, onChoose }: SpreadSearchProps) {
  const words = useMessages(studioGraphMessages);
  const [query, setQuery] = useState('');
  return (
    <section aria-label={words.search}>
      <StaffSearch label={words.search} asked={query} onAsk={setQuery} maxLength={40} />
      {query.length >= QUERY_CHARS_MIN && (
        <Found campaignId={campaignId} query={query} model={model} onChoose={onChoose} />
      )}
    </section>
  );
}

function Found({ campaignId, query, model, onChoose }: SpreadSearchProps & { query: string }) {
  const words = useMessages(studioGraphMessages);
  const common = useMessages(studioMessages);
  const read = useStaffRead('studio.search', { campaignId, query });
  const links = read.value?.links ?? [];
  return (
    <div className="mt-2 rounded-card bg-card p-3 shadow-card">
      <StaffRefused text={read.error} />
      <p role="status" className="text-14 text-ink-2">
        {read.value && (links.length === 0 ? words.notFound : words.found(links.length))}
        {read.value?.isCut && ` · ${words.foundCut}`}
      </p>
      <ul className="max-h-56 divide-y divide-line overflow-y-auto">
        {links.map(({ code, label, depth, visitors }) => {
          const node = model.nodeOf(code);
          return (
            <li key={code}>
              <button
                type="button"
                disabled={node === undefined}
                onClick={() => node !== undefined && onChoose(node)}
                className="flex min-h-11 w-full items-center gap-2 text-left text-14"
              >
                <span className="min-w-0 flex-1 truncate font-medium">{label ?? common.shop}</span>
                <span className="figures text-12 text-ink-2">
                  {node === undefined
                    ? words.notDrawn
                    : `${common.generation(depth)} · ${common.visitors} ${countText(visitors)}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
