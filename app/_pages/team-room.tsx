import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { TeamRoomSkeleton } from '../../components/team/team-skeleton.tsx';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { catalogue } from '../catalogue.ts';
import { TeamRoomScreen } from '../screens/team-room-screen.tsx';

/** `/t?c=…`: one team for whoever holds its link; a shell without a word that some apps forbid. */
export function OneTeamPage({ locale }: { locale: Locale }) {
  // What a campaign is for is named by id; the names travel with the page.
  const categories = catalogue().categories.map(({ id, name }) => [id, inLocale(name, locale)] as const);
  return (
    <ShopFrame foot="bar">
      <Suspense fallback={<TeamRoomSkeleton label={teamRoomMessages[locale].neutralTitle} />}>
        <TeamRoomScreen categories={categories} />
      </Suspense>
    </ShopFrame>
  );
}
