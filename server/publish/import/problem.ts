import { words } from '../../../lib/messages/import.ts';

/** Why a row is refused; each has a sentence in lib/messages/import.ts. */
export type ProblemCode = keyof (typeof words)['zh-CN']['problems'];
/** What is worth knowing though nothing is refused. */
export type NoteCode = keyof (typeof words)['zh-CN']['notes'];
export type Facts = Readonly<Record<string, string | number>>;

export type Place = {
  /** Line of the file where the row (or the field, where it is known) begins, from 1. */
  readonly line: number;
  /** The column's name in the file, or the path inside a JSON record; null when the whole row is meant. */
  readonly column: string | null;
  readonly facts: Facts;
};
export type Problem = Place & { readonly code: ProblemCode };
export type Note = Place & { readonly code: NoteCode };

export function problem(line: number, column: string | null, code: ProblemCode, facts: Facts = {}): Problem {
  return { line, column, code, facts };
}

/** The file cannot be read on: nothing of it is imported, whatever the options. */
export class UnusableFile extends Error {
  readonly problem: Problem;

  constructor(line: number, code: ProblemCode, facts: Facts = {}) {
    super(`${code} at line ${line}`);
    this.problem = problem(line, null, code, facts);
  }
}

const SHOWN_CHARS_MAX = 60;

/** A value of the file as a message shows it: one line, not long. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN_CHARS_MAX ? `${line.slice(0, SHOWN_CHARS_MAX)}…` : line;
}

function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

type Sentences = Readonly<Record<string, string>>;

/** One line for a person: place, code, the sentence in Chinese and in English. */
export function describeIn(zh: Sentences, en: Sentences, one: Place & { readonly code: string }): string {
  const place = one.column === null ? '' : ` · ${one.column}`;
  return `第 ${one.line} 行 line ${one.line}${place} · ${one.code} · ${fill(zh[one.code] ?? one.code, one.facts)} / ${fill(en[one.code] ?? one.code, one.facts)}`;
}

/** A problem or note of a catalogue as one line for a person. */
export function describe(one: Problem | Note): string {
  return describeIn(
    { ...words['zh-CN'].problems, ...words['zh-CN'].notes },
    { ...words['en-US'].problems, ...words['en-US'].notes },
    one,
  );
}
