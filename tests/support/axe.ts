import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What fades in is judged when it stands: halfway it has a colour that nobody reads for long. */
function animationsEnded(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    ),
  );
}

export const SCHEMES = ['light', 'dark'] as const;

/**
 * Sees that axe finds no fault on the page as it stands, and that nothing is wider than the phone.
 * @param schemes colour schemes to look at one after the other; the page's own when left out. The last one stays.
 */
export async function expectNoAxeFaults(
  page: Page,
  { schemes = [] }: { schemes?: readonly (typeof SCHEMES)[number][] } = {},
): Promise<void> {
  for (const colorScheme of schemes.length > 0 ? schemes : [undefined]) {
    if (colorScheme) await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await animationsEnded(page);
    // Our pages have no frames: the legacy way finds the same without a second page for each look.
    // Every rule is run; of what is in order only one element each is described, which was a third of the whole.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { violations } = await axe.analyze();
    expect(
      violations.map(({ id, nodes }) => [page.url(), colorScheme ?? '', id, nodes[0]?.html, nodes[0]?.failureSummary]),
    ).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
