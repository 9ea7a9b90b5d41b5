// npm run mutants -- [--only TEXT] [--in PATH,PATH] [--clean N]: seeds one bug at a time in a copy of the tree and sees its
// checker turn red. --only: bugs whose name holds this; --in: those seeded in files whose path begins so.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyEdit, type Edit, type Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');
const COPIED = [
  'app',
  'bin',
  'components',
  'lib',
  'server',
  'tests',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
const RUN_MS_MAX = 4 * 60_000;

type Verdict = {
  readonly red: readonly string[];
  readonly green: number;
  readonly said: string;
  readonly seconds: number;
};

async function copyTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'festa-mutants-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(tree, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

/** Seeds a bug; the answer takes it out again. */
async function seed(tree: string, edits: readonly Edit[]): Promise<() => Promise<void>> {
  const before = new Map<string, string>();
  for (const edit of edits) {
    const path = join(tree, edit.file);
    const text = await readFile(path, 'utf8');
    if (!before.has(path)) before.set(path, text);
    await writeFile(path, applyEdit(text, edit));
  }
  return async () => {
    for (const [path, text] of before) await writeFile(path, text);
  };
}

let running: ReturnType<typeof spawn> | null = null;

/** Runs those tests of these files in the copy; which of them were red. */
async function check(tree: string, files: readonly string[], tests: readonly string[]): Promise<Verdict> {
  const startedAt = performance.now();
  const report = join(tree, 'report.json');
  await rm(report, { force: true });
  const pattern = ['-t', tests.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')];
  const vitest = join(tree, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', ...files, ...pattern, '--reporter=json', `--outputFile=${report}`];
  let said = '';
  await new Promise<void>((done) => {
    running = spawn(process.execPath, args, { cwd: tree, stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_MS_MAX });
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said = (said + chunk).slice(-2_000);
      });
    }
    running.once('close', () => done());
  });
  running = null;
  const text = await readFile(report, 'utf8').catch(() => '{}');
  const { testResults = [] } = JSON.parse(text) as {
    testResults?: { assertionResults: { status: string; fullName: string }[] }[];
  };
  const ran = testResults.flatMap((file) => file.assertionResults);
  return {
    red: ran.filter((one) => one.status === 'failed').map((one) => one.fullName),
    green: ran.filter((one) => one.status === 'passed').length,
    said,
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

async function tryMutant(tree: string, { name, edits, checker }: Mutant): Promise<boolean> {
  const heal = await seed(tree, edits);
  try {
    const { red, green, said, seconds } = await check(tree, [checker.file], [checker.tests]);
    // A tree that cannot even be loaded proves nothing about the checker.
    const word = red.length > 0 ? 'red' : green > 0 ? 'SURVIVED' : 'NOT RUN';
    const row = [word.padEnd(8), `${seconds.toFixed(0)} s`.padStart(5), name, `${checker.file} -t '${checker.tests}'`];
    console.log(row.join(' | '));
    if (word === 'NOT RUN') console.log(said);
    return word === 'red';
  } finally {
    await heal();
  }
}

async function runClean(tree: string, mutants: readonly Mutant[], rounds: number): Promise<boolean> {
  const files = [...new Set(mutants.map(({ checker }) => checker.file))];
  const tests = [...new Set(mutants.map(({ checker }) => checker.tests))];
  for (let round = 1; round <= rounds; round += 1) {
    const { red, green, said, seconds } = await check(tree, files, tests);
    console.log(
      `clean ${round} of ${rounds} | ${seconds.toFixed(0)} s | ${green} green, ${red.length} red ${red.join('; ')}`,
    );
    if (red.length > 0 || green === 0) {
      console.log(said);
      return false;
    }
  }
  return true;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, in: { type: 'string', default: '' }, clean: { type: 'string', default: '1' } },
  });
  const isIn = (file: string) => values.in.split(',').some((path) => file.startsWith(path));
  const isNamed = (name: string) => values.only === undefined || name.includes(values.only);
  const mutants = MUTANTS.filter(({ name, edits }) => isNamed(name) && edits.some(({ file }) => isIn(file)));
  if (mutants.length === 0) throw new Error('No mutant is called and seeded so.');
  const tree = await copyTree();
  const stop = () => {
    running?.kill('SIGINT');
    void rm(tree, { recursive: true, force: true }).then(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const isClean = await runClean(tree, mutants, Number(values.clean));
    let red = 0;
    for (const mutant of mutants) if (await tryMutant(tree, mutant)) red += 1;
    const cleanWord = !isClean ? 'NOT GREEN' : values.clean === '0' ? 'not asked' : `green ${values.clean} times`;
    console.log(`${red} of ${mutants.length} mutants red, the clean tree ${cleanWord}`);
    return isClean && red === mutants.length ? 0 : 1;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

process.exitCode = await main();
