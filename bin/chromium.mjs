// Finds the browser of the browser tests; on Debian as root it is installed when there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/**
 * A flag that keeps off what no phone has: the address bar's list of suggestions, which desktop Chromium draws as a page of
 * its own for each window, seen or not (0.9 s of CPU per browser context on two cores). The rest is what Playwright and
 * Lighthouse keep off themselves, whose flag this one replaces.
 */
export const LEAN = `--disable-features=${[
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'Translate',
].join(',')}`;

/** Whether it is there and says its version. Ubuntu's `chromium` can be a script that only asks for snap. */
function works(path) {
  return Boolean(path) && existsSync(path) && spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
  } catch {
    return null;
  }
}

/** The path of a Chromium: CHROMIUM_PATH, the system's, or the one that `npx playwright install chromium` fetched; else null. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return works(process.env.CHROMIUM_PATH) ? process.env.CHROMIUM_PATH : null;
  return PLACES.find(works) ?? [playwrightsOwn()].find(works) ?? null;
}

/**
 * As `findChromium`, but installs Debian's package where that can be done without asking.
 * @returns {{ path: string } | { missing: string }} `missing` is a sentence that says what to install.
 */
export function provideChromium() {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.CHROMIUM_PATH)
    return { missing: `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not run.` };
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (isDebianRoot) {
    console.log('Installing Chromium from Debian (apt-get), for the browser tests …');
    const apt = (...args) =>
      spawnSync('apt-get', ['-qq', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        timeout: 300_000,
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
    const installed = findChromium();
    if (installed) return { path: installed };
    return {
      missing: 'apt-get could not install the package chromium. Install a Chromium and name it in CHROMIUM_PATH.',
    };
  }
  return {
    missing: 'No Chromium was found. Install one (npx playwright install chromium) or name one in CHROMIUM_PATH.',
  };
}
