// npm test: unit and database tests beside a first start that publishes, types, lint and import law; faults; browser tests
// against what was published; then one line over all.
//   npm test -- --only unit,law      some phases
//   npm test -- --only unit tests/ports/start.test.ts      some files of a phase
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { provideChromium } from './chromium.mjs';
import { PrepareError, prepare, root } from './prepare.mjs';
import { closeShops, openShop, shops } from './test-shops.mjs';

const PHASE_MS_MAX = 18 * 60_000;
const reports = join(root, '.festa', 'test-reports');

/** passed, failed, skipped; which tests failed; which passed only at their second try; which did not run, with the reason. */
const total = { passed: 0, failed: 0, skipped: 0, failures: [], notRun: [], secondTry: [] };

/** Counts one failure and keeps its name: the closing lines say which they were, however long the output is. */
function fail(name) {
  total.failed += 1;
  total.failures.push(name);
}

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 130;
    total.interrupted = true;
  });
}

function run(env, command, args, extraEnv = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...env, ...extraEnv },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: PHASE_MS_MAX,
    });
    running.add(child);
    child.once('error', (error) => {
      running.delete(child);
      console.error(error.message);
      done(1);
    });
    child.once('close', (code) => {
      running.delete(child);
      done(code ?? 1);
    });
  });
}

/** A phase that is one test: it passes when its program ends with 0. */
function whole(...command) {
  return async ({ node, env }) => {
    const [program, ...args] = command;
    const code = await run(env, program === 'node' ? node : bin(program), args);
    if (code === 0) total.passed += 1;
    else fail(command.join(' '));
    return code === 0;
  };
}

/** A package's command; its `#!/usr/bin/env node` finds our Node, which is first on the PATH. */
function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

function report(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return null;
  }
}

/** Files of which a second run says more than the first: beyond that many something is broken for good. */
const SECOND_TRIES_MAX = 4;

/** Runs test files and reads what became of each: `{ code, files: [{ file, isGood, tests: [{ status, fullName }] }] }`. */
async function vitest(env, name, files) {
  const outputs = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, name)}`];
  const code = await run(env, bin('vitest'), ['run', ...outputs, ...files]);
  const said = (report(name)?.testResults ?? []).map(({ name: path, status, assertionResults: tests = [] }) => ({
    file: relative(root, path),
    isGood: status !== 'failed' && !tests.some((test) => test.status === 'failed'),
    tests,
  }));
  return { code, files: said };
}

/** A file with a failure is run once more by itself, as a journey is; what passes only then is named at the end. */
async function unit({ env }, files) {
  const first = await vitest(env, 'unit.json', files);
  const bad = first.files.filter(({ isGood }) => !isGood).map(({ file }) => file);
  const isTriedAgain = bad.length > 0 && bad.length <= SECOND_TRIES_MAX && !total.interrupted;
  const again = isTriedAgain ? await vitest(env, 'unit-again.json', bad) : { code: first.code, files: [] };
  const second = new Map(again.files.map((one) => [one.file, one]));
  const failedBefore = total.failed;
  for (const { file, isGood, tests } of first.files) {
    const last = second.get(file) ?? { isGood, tests };
    for (const { status, fullName } of last.tests) {
      if (status === 'passed') total.passed += 1;
      else if (status === 'failed') fail(`${file}: ${fullName}`);
      else {
        total.skipped += 1;
        total.notRun.push(fullName);
      }
    }
    // A file that could not be loaded, or whose preparation failed, fails no single test.
    if (!last.isGood && !last.tests.some(({ status }) => status === 'failed')) fail(file);
    if (!last.isGood || isGood) continue;
    const failures = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => `${file}: ${fullName}`);
    total.secondTry.push(...(failures.length > 0 ? failures : [file]));
  }
  if (again.code !== 0 && total.failed === failedBefore) fail('vitest ended with an error outside its tests');
  return again.code === 0;
}

/** A shop per lane of journeys. One file is walked in one lane. */
const LANES = ['test', 'test-2', 'test-3'];
const lanesFor = (files) => (files.length === 1 ? LANES.slice(0, 1) : LANES);

/** The first start, as a stranger has it: new database, nothing published. The next shops but the youngest follow. */
async function publish({ node, env, names }, files) {
  const early = names.includes('browser') ? Math.max(1, lanesFor(files).length - 1) : 1;
  for (const name of LANES.slice(0, early)) {
    if (await openShop({ node, env, name, ms: PHASE_MS_MAX })) continue;
    fail('the first start publishes the shop');
    await closeShops();
    return false;
  }
  total.passed += 1;
  return true;
}

function* specsOf(suite) {
  yield* suite.specs ?? [];
  for (const inner of suite.suites ?? []) yield* specsOf(inner);
}

/** Three lanes of journeys, each with a shop of its own: most of a journey is waiting, for a page, a countdown, a message. */
async function browser({ node, env }, files) {
  const chromium = provideChromium();
  if (chromium.missing) {
    total.skipped += 1;
    total.notRun.push(`all browser tests: ${chromium.missing}`);
    console.log(chromium.missing);
    return true;
  }
  // Their builds wait for each other; what comes before and after does not.
  const missing = lanesFor(files).slice(shops.length);
  const opened = await Promise.all(missing.map((name) => openShop({ node, env, name, ms: PHASE_MS_MAX })));
  if (opened.includes(false)) {
    await closeShops();
    fail('the shop did not open, so no browser test could run');
    return false;
  }
  const code = await run(env, bin('playwright'), ['test', '--reporter=list,json', '--pass-with-no-tests', ...files], {
    CHROMIUM_PATH: chromium.path,
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'browser.json'),
    // The youngest shop is the first lane's: its first journey waits for the session that opens two minutes after a start.
    FESTA_TEST_LANES: shops
      .map(({ port, home }) => `${port}=${home}`)
      .reverse()
      .join(','),
  });
  const said = report('browser.json');
  const failedBefore = total.failed;
  for (const spec of (said?.suites ?? []).flatMap((suite) => [...specsOf(suite)])) {
    for (const { status, annotations = [] } of spec.tests) {
      if (status === 'expected') total.passed += 1;
      else if (status === 'flaky') {
        total.passed += 1;
        total.secondTry.push(spec.title);
      } else if (status === 'skipped') {
        total.skipped += 1;
        const why = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
        total.notRun.push(why ? `${spec.title}: ${why}` : spec.title);
      } else fail(`${spec.file}: ${spec.title}`);
    }
  }
  if (code !== 0 && total.failed === failedBefore) fail('playwright ended with an error outside its tests');
  return code === 0;
}

/** Real processes are killed while phones buy; each promise that is held against the database is one check. */
async function faults({ node, env }) {
  const file = join(reports, 'faults.json');
  const code = await run(env, node, ['tests/faults/main.ts', '--shape', 'short', '--report', file]);
  const said = report('faults.json');
  total.passed += said?.passed.length ?? 0;
  for (const name of said?.failed ?? []) fail(`faults: ${name}`);
  if ((code !== 0 || !said) && !said?.failed.length) fail('faults ended without a report');
  total.skipped += said?.notRun.length ?? 0;
  total.notRun.push(...(said?.notRun ?? []));
  return code === 0;
}

const PHASES = {
  // A publish may build pages meanwhile: the files that Next writes for itself are not looked at.
  types: whole('tsc', '--noEmit', '--project', 'tsconfig.check.json'),
  lint: whole('biome', 'check', '--diagnostic-level=error', '.'),
  law: whole('node', 'tests/support/import-law.ts'),
  unit,
  faults,
  publish,
  browser,
};

/**
 * What runs at the same time: phases of one list one after the other, beside the other lists of the line. Unit tests wait
 * for processes and clocks a fifth of their time, a publish for its disk: together they leave little of two cores idle.
 */
const LINES = [[['unit'], ['publish', 'types', 'lint', 'law']], [['faults']], [['browser']]];

function readArguments(args) {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) return { names: Object.keys(PHASES), files: args };
  const [, inline] = args[at].split('=');
  const names = (inline ?? args[at + 1] ?? '').split(',');
  const unknown = names.filter((name) => !(name in PHASES));
  if (unknown.length > 0) {
    throw new PrepareError(`--only knows ${Object.keys(PHASES).join(', ')}, not "${unknown.join(', ')}".`);
  }
  return { names, files: [...args.slice(0, at), ...args.slice(at + (inline === undefined ? 2 : 1))] };
}

async function main() {
  const { names, files } = readArguments(process.argv.slice(2));
  const tools = await prepare();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const data = resolve(root, process.env.FESTA_DATA ?? '../shared/data');
  if (!existsSync(data))
    console.log(`No shared data at ${data} (FESTA_DATA): the tests that read it are listed as not run.`);
  tools.env.FESTA_DATA = data;
  tools.names = names;

  const walk = async (list) => {
    for (const name of list) {
      if (total.interrupted) return;
      const startedAt = Date.now();
      const isGood = await PHASES[name](tools, files);
      console.log(`${isGood ? '✓' : '✗'} ${name}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    }
  };
  for (const line of LINES) {
    const lists = line.map((list) => list.filter((name) => names.includes(name))).filter((list) => list.length > 0);
    if (lists.length === 0 || total.interrupted) continue;
    const title = lists.map((list) => list.join(', ')).join(' and ');
    console.log(`\n── ${title} ${'─'.repeat(Math.max(2, 60 - title.length))}`);
    await Promise.all(lists.map(walk));
  }

  if (!(await closeShops())) {
    fail('a server stops cleanly after the browser tests');
  }
  const list = (title, lines) => {
    if (lines.length > 0) console.log(`\n${title}:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
  };
  list('Failed', total.failures);
  list('Passed only at the second try', total.secondTry);
  list('Not run', total.notRun);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.interrupted ? 130 : total.failed > 0 || total.passed === 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
