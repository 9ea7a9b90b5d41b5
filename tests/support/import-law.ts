// Runs the import law (.dependency-cruiser.cjs) and proves that it was really applied: every source file was read, and
// a planted violation is caught. A cruiser that cannot read TypeScript says "no violations" about nothing at all.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['app', 'components', 'lib', 'server'].filter((folder) => existsSync(join(ROOT, folder)));

/** A file that a rule forbids: the domain that reads the clock of the machine, and a screen that reads the server. */
const PLANTED = [
  {
    folder: 'lib/domain',
    line: "import type { Stats } from 'node:fs';\nexport type Planted = Stats;\n",
    rule: 'domain-is-pure',
  },
  {
    folder: 'components',
    line: "import type { Config } from '../../server/platform/config.ts';\nexport type Planted = Config;\n",
    rule: 'phone-never-imports-server',
  },
];

function sourceFiles(folder: string): number {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path))
    .length;
}

async function judge(folders: readonly string[]): Promise<ICruiseResult> {
  const options = await extractConfig(join(ROOT, '.dependency-cruiser.cjs'));
  const tsConfig = extractTsConfig(join(ROOT, 'tsconfig.json'));
  const { output } = await cruise([...folders], { ...options, baseDir: ROOT, outputType: 'json' }, undefined, {
    tsConfig,
  });
  return JSON.parse(String(output));
}

const broken: string[] = [];

const { summary, modules } = await judge([...FOLDERS, 'tests']);
for (const { rule, from, to } of summary.violations) broken.push(`${rule.name}: ${from} → ${to}`);

const read = modules.filter(
  ({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)) && /\.tsx?$/.test(source),
).length;
const present = FOLDERS.reduce((sum, folder) => sum + sourceFiles(folder), 0);
if (read < present)
  broken.push(`only ${read} of ${present} source files were read: the law was not applied to the rest`);

for (const { folder, line, rule } of PLANTED.filter((plant) => existsSync(join(ROOT, plant.folder)))) {
  const place = mkdtempSync(join(ROOT, folder, 'planted-'));
  try {
    writeFileSync(join(place, 'planted.ts'), line);
    const found = await judge([place.slice(ROOT.length + 1)]);
    const caught = found.summary.violations.some((violation) => violation.rule.name === rule);
    if (!caught) broken.push(`a planted violation of ${rule} was not caught`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

for (const line of broken) console.error(line);
console.log(
  `import law: ${read} files read, ${summary.totalDependenciesCruised ?? 0} imports judged, ${broken.length} broken`,
);
process.exitCode = broken.length > 0 ? 1 : 0;
