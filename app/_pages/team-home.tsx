import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { TeamHomeSkeleton } from '../../components/team/team-skeleton.tsx';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { teamHomeMessages } from '../../lib/messages/team-home.ts';
import { catalogue } from '../catalogue.ts';
import { TeamHomeScreen } from '../screens/team-home-screen.tsx';

/** `/team`: a shell without a word that some apps forbid; what runs comes over the wire. */
export function OwnTeamsPage({ locale }: { locale: Locale }) {
  // What a campaign is for is named by id; the names travel with the page.
  const categories = catalogue().categories.map(({ id, name }) => [id, inLocale(name, locale)] as const);
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<TeamHomeSkeleton label={teamHomeMessages[locale].neutralTitle} />}>
        <TeamHomeScreen categories={categories} />
      </Suspense>
    </ShopFrame>
  );
}
