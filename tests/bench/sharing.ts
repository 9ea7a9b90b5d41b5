/*
 * Sharing: the landing of one edge beside a constant answer, visits written in batches beside one insert each, what a
 * marketer reads, and the picture of a large spread in Chromium. Books are balanced before figures are believed.
 */
import type { BenchOptions } from './report.ts';
import { measureGraph } from './sharing/graph.ts';
import { measureLanding } from './sharing/landing.ts';
import { measureRecording } from './sharing/recording.ts';

const LINES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  landing: measureLanding,
  recording: measureRecording,
  graph: measureGraph,
};

/** Runs the group `sharing`. @throws when an answer is wrong or the books do not balance: no figure is printed then. */
export async function run(options: BenchOptions): Promise<void> {
  const wanted = options.only.length > 0 ? options.only : Object.keys(LINES);
  for (const name of wanted) {
    const line = LINES[name];
    if (!line) throw new Error(`No line "${name}". Known: ${Object.keys(LINES).join(', ')}`);
    await line(options);
  }
}
