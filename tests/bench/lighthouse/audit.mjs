// `node audit.mjs URL devtools|simulate CHROMIUM`: one Lighthouse run on a phone, as one JSON object.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { LEAN } from '../../../bin/chromium.mjs';

const [url, throttlingMethod, chromePath] = process.argv.slice(2);
const userDataDir = await mkdtemp(join(tmpdir(), 'festa-lighthouse-'));
const chrome = await launch({
  ...(chromePath ? { chromePath } : {}),
  userDataDir,
  chromeFlags: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-sync',
    LEAN,
  ],
});
try {
  const { lhr } = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error', throttlingMethod });
  const score = (category) => Math.round((lhr.categories[category].score ?? 0) * 100);
  const value = (audit) => lhr.audits[audit].numericValue;
  const failing = ['accessibility', 'best-practices', 'seo'].flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => id),
  );
  process.stdout.write(
    JSON.stringify({
      performance: score('performance'),
      accessibility: score('accessibility'),
      bestPractices: score('best-practices'),
      seo: score('seo'),
      lcp: value('largest-contentful-paint'),
      fcp: value('first-contentful-paint'),
      tbt: value('total-blocking-time'),
      cls: value('cumulative-layout-shift'),
      bytes: value('total-byte-weight'),
      benchmarkIndex: lhr.environment.benchmarkIndex,
      failing,
    }),
  );
} finally {
  chrome.kill();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
}
