import { shareConsent, shareLink, shareMine, shareShowName, shareTouch } from '../../lib/contracts/share.ts';
import { accept } from '../../lib/domain/result.ts';
import { visitSource } from '../../lib/domain/sharing/visit-source.ts';
import type { Database } from '../platform/database.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import type { LandingAnswer } from './landing.http.ts';
import type { LinkBook } from './link-book.ts';
import { linkOf, listMine } from './links.ts';
import { showName } from './names.ts';
import type { ShareDomains } from './share-domains.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import type { VisitorCookie } from './visitor.ts';
import { forgetSharers } from './visitors.ts';

export type ShareDeps = {
  readonly db: Database;
  readonly links: LinkBook<LandingAnswer>;
  readonly recorder: VisitRecorder;
  readonly visitors: VisitorCookie;
  readonly domains: ShareDomains;
};

/** What shoppers and visitors ask. */
export function shareRoutes({ db, links, recorder, visitors, domains }: ShareDeps): Route[] {
  /** Whether it counted is not said: whoever tries things out learns nothing. */
  async function touch(code: string, { headers, person }: Context) {
    const visitorId = visitors.idOf(headers);
    const { link } = await links.find(code);
    if (visitorId === null || link?.state !== 'open') return accept({});
    const userAgent = headers['user-agent'];
    const source = visitSource({
      utmSource: link.utmSource ?? link.channel,
      utmMedium: link.utmMedium,
      userAgent: (userAgent ?? '').slice(0, 512),
    });
    const person_id = person?.isVerified ? person.id : null;
    recorder.touch({ link_id: link.id, visitor_id: visitorId, person_id, ...source }, userAgent);
    return accept({});
  }

  return [
    handle(shareLink, async ({ path }, { shopperId, headers }) => {
      // What this browser touched a moment ago is where its link grows from.
      await recorder.flush();
      const link = await linkOf(db, { shopperId, visitorId: visitors.idOf(headers), path }, domains.urlFor(headers));
      if (link.ok) domains.countShares(1);
      return link;
    }),
    handle(shareTouch, ({ code }, context) => touch(code, context)),
    handle(shareConsent, async ({ agrees }, { headers, person, setCookie }) => {
      const visitorId = visitors.idOf(headers);
      if (!agrees) {
        await recorder.flush();
        await forgetSharers(db, {
          visitorIds: visitorId === null ? [] : [visitorId],
          personIds: person ? [person.id] : [],
        });
      }
      setCookie(agrees ? visitors.agree() : visitors.decline());
      return accept({ agrees });
    }),
    handle(shareMine, async (_request, { shopperId, headers }) =>
      accept(await listMine(db, shopperId, domains.urlFor(headers))),
    ),
    handle(shareShowName, ({ shows }, { shopperId }) => showName(db, shopperId, shows)),
  ];
}
