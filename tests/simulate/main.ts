/*
 * `npm run simulate -- invites [--invites 1000000] [--farmed 0.3] [--seed S] [--only RUN,…] [--json]`: one campaign of
 * invitations, 30 % of them farmed, against the shop's own rules; with all controls, and with each off in turn.
 * docs/fraud.md says who the people are, what a farm pays, and what the figures mean.
 */
import { parseArgs } from 'node:util';
import { simulateInvites } from './invites.ts';

const USAGE = `npm run simulate -- invites [options]

  --invites N    invitations that are followed (1000000)
  --farmed F     share of them that farms make (0.3)
  --seed S       repeats a population (1)
  --only NAMES   runs whose name contains one of these, with commas between
  --json         one JSON object a line, no table`;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n\n${USAGE}\n`);
  process.exit(2);
}

function numberIn(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (!(value >= min && value <= max)) fail(`--${name} is a number from ${min} to ${max}, not "${text}".`);
  return value;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    invites: { type: 'string', default: '1000000' },
    farmed: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1 || positionals[0] !== 'invites') fail('What is to be simulated? Known: invites.');

const say = (line: string) => process.stdout.write(`${line}\n`);
await simulateInvites({
  invitations: Math.round(numberIn(values.invites, 'invites', 1_000, 5_000_000)),
  farmedShare: numberIn(values.farmed, 'farmed', 0, 0.9),
  seed: Math.floor(numberIn(values.seed, 'seed', 0, 2 ** 31)),
  only: values.only.split(',').filter(Boolean),
  onLine: (line) => say(JSON.stringify(line)),
  onTable: values.json ? () => {} : say,
});
