'use client';

import { type ChangeEvent, useId, useRef, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { saveFile } from '../../lib/client/save-file.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { studioBulkMessages } from '../../lib/messages/studio-bulk.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { DataTable } from './data-table.tsx';
import { countText } from './figure-words.ts';
import { CSV_BYTES_MAX, csvField, readCsv } from './read-csv.ts';

type Answer = ValueNamed<'studio.bulkLinks'>;
type Chosen = { readonly name: string; readonly csv: string; readonly key: string };
type Step = 'look' | 'make' | 'skip';

const SAMPLE = [
  'landing,channel,utm_source,utm_medium,note,expires_at',
  '/,wechat,wechat,moments,朋友圈海报,',
  '/coupons,sms,sms,text,短信第一批,2030-11-11 23:59',
].join('\r\n');
const BOM = '\uFEFF';

/** Links from a CSV file: tried out first, each fault with its line, then made all or without the faulty ones. */
export function BulkPanel({
  campaignId,
  onClose,
  onMade,
}: {
  campaignId: string;
  onClose: () => void;
  onMade: () => void;
}) {
  const words = useMessages(studioBulkMessages);
  const locale = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState<Step | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  async function send(step: Step, file: Chosen) {
    setBusy(step);
    setRefused(null);
    const { csv, key } = file;
    const got = await call('studio.bulkLinks', {
      campaignId,
      key,
      csv,
      commit: step !== 'look',
      skipFaulty: step === 'skip',
    });
    setBusy(null);
    if (!got.ok) return setRefused(refusedText(got.refusal, locale));
    setAnswer(got.value);
    if (got.value.isDone) onMade();
  }

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    // The same file again, mended, is a change, too.
    event.target.value = '';
    if (!file) return;
    setAnswer(null);
    setChosen(null);
    if (file.size > CSV_BYTES_MAX) return setRefused(words.tooLarge);
    const csv = await readCsv(file);
    if (csv === null) return setRefused(words.unreadable);
    const next = { name: file.name, csv, key: crypto.randomUUID() };
    setChosen(next);
    await send('look', next);
  }

  function download(done: Answer) {
    const head = [words.col_line, words.col_landing, words.col_link];
    const rows = done.links.map(({ line, landing, url }) => [String(line), landing, url ?? '']);
    const text = [head, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n');
    saveFile(`${words.resultName}.csv`, 'text/csv;charset=utf-8', BOM + text);
  }

  const isDone = answer?.isDone ?? false;
  const [good, faulty] = [answer?.good ?? 0, answer?.faultCount ?? 0];
  return (
    <StaffPanel
      wide
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          {answer !== null && isDone ? (
            <div className="grid grid-cols-2 gap-3">
              <Button look="quiet" onClick={onClose}>
                {words.done}
              </Button>
              <Button onClick={() => download(answer)}>{words.download}</Button>
            </div>
          ) : (
            answer !== null &&
            chosen !== null && (
              <MakeButtons good={good} faulty={faulty} busy={busy} onMake={(step) => void send(step, chosen)} />
            )
          )}
        </>
      }
    >
      <p className="text-14 text-ink-2">{words.text}</p>
      <p className="my-3 flex flex-wrap items-center gap-3">
        <input
          ref={input}
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void choose(event)}
          className="sr-only peer"
        />
        <label
          htmlFor={id}
          className={`${buttonClass(isDone ? 'quiet' : 'soft')} cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-lacquer`}
        >
          <Icon name="plus" className="size-[1.1em]" />
          {isDone ? words.another : words.choose}
        </label>
        <Button
          look="quiet"
          size="s"
          onClick={() => saveFile('links-example.csv', 'text/csv;charset=utf-8', BOM + SAMPLE)}
        >
          {words.sample}
        </Button>
      </p>
      {chosen && <p className="text-14">{words.chosen(chosen.name, `${(chosen.csv.length / 1024).toFixed(1)} KB`)}</p>}
      <p role="status" className="text-14 text-ink-2">
        {busy === 'look' && words.looking}
        {isDone && words.made(countText(good))}
      </p>
      {answer !== null && !isDone && <Findings answer={answer} />}
    </StaffPanel>
  );
}

function Findings({ answer }: { answer: Answer }) {
  const words = useMessages(studioBulkMessages);
  const { faults, faultCount, good } = answer;
  return (
    <section aria-label={words.result} className="mt-3">
      <p className="mb-2 flex flex-wrap gap-x-4 text-16">
        <span className="font-semibold text-jade">{words.good(countText(good))}</span>
        <span className={faultCount > 0 ? 'font-semibold text-lacquer' : 'text-ink-2'}>
          {faultCount > 0 ? words.faulty(countText(faultCount)) : words.noFaults}
        </span>
      </p>
      {faultCount > 0 && (
        <>
          <DataTable
            label={words.result}
            rows={faults}
            keyOf={({ line, column, fault }) => `${line} ${column} ${fault}`}
            columns={[
              { head: words.line, cell: ({ line }) => <span className="figures font-semibold">{line}</span> },
              { head: words.column, cell: ({ column }) => column ?? words.wholeLine },
              { head: words.fault, cell: ({ fault }) => words[`fault_${fault}`] },
              { head: words.value, cell: ({ value }) => <span className="min-w-0 break-all">{value}</span> },
            ]}
          />
          {faultCount > faults.length && (
            <p className="mt-2 text-14 text-ink-2">{words.moreFaults(countText(faultCount - faults.length))}</p>
          )}
        </>
      )}
    </section>
  );
}

type MakeButtonsProps = { good: number; faulty: number; busy: Step | null; onMake: (step: Step) => void };

function MakeButtons({ good, faulty, busy, onMake }: MakeButtonsProps) {
  const words = useMessages(studioBulkMessages);
  if (good === 0) return <p className="text-14 text-ink-2">{words.nothing}</p>;
  if (faulty === 0) {
    return (
      <Button wide busy={busy === 'make'} onClick={() => onMake('make')}>
        {words.make(countText(good))}
      </Button>
    );
  }
  return (
    <>
      <p className="mb-2 text-14 text-ink-2">{words.mend}</p>
      <Button look="soft" wide busy={busy === 'skip'} onClick={() => onMake('skip')}>
        {words.skip(countText(good))}
      </Button>
    </>
  );
}
