import { expect, test } from 'vitest';
import { linkedPage, previewKey, sessionPath } from '../../lib/domain/sharing/linked-page.ts';
import { ownLanding } from '../../lib/domain/sharing/share-link.ts';

test('A link’s page is known by where it leads, in either language; what is unknown is the shop itself', () => {
  const cases: [string, string][] = [
    ['/', 'preview~home~zh'],
    ['/en', 'preview~home~zh'],
    ['/search?q=erji', 'preview~home~zh'],
    ['/c', 'preview~home~zh'],
    ['/c/fashion', 'preview~category~fashion~zh'],
    ['/en/c/fashion?x=1', 'preview~category~fashion~zh'],
    ['/c/%3Cb%3E', 'preview~home~zh'],
    [sessionPath('s-2000'), 'preview~session~s-2000~zh'],
    ['/en?session=s-2000', 'preview~session~s-2000~zh'],
    ['/?session=%3Cb%3E', 'preview~home~zh'],
    ['/c/fashion?session=s-2000', 'preview~category~fashion~zh'],
    ['/coupons', 'preview~coupons~zh'],
    ['/t?c=Ab12Cd34Ef56', 'preview~invite~zh'],
    ['/g/?c=Ab12Cd34Ef56', 'preview~invite~zh'],
    ['/en/team', 'preview~invite~zh'],
  ];
  for (const [landing, key] of cases) expect(previewKey(linkedPage(landing), 'zh'), landing).toBe(key);
});

test('The tab of a session is a page that a link may lead to', () => {
  expect(ownLanding(sessionPath('s-2000'))).toBe('/?session=s-2000');
});
