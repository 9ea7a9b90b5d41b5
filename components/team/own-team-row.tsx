'use client';

import type { OwnTeam } from '../../lib/contracts/team.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { teamHomeMessages } from '../../lib/messages/team-home.ts';
import { momentText } from '../../lib/messages/time.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** Something is to be done with it: friends to be asked, or a share to be opened. */
export function isOpenTask({ state, share }: OwnTeam): boolean {
  return state === 'gathering' || (state === 'split' && share?.state === 'closed');
}

/** What has become of it for whoever looks. */
function stateText(team: OwnTeam, locale: Locale): string {
  const words = teamHomeMessages[locale];
  const { state, share, placesLeft, consolationFen } = team;
  if (state === 'gathering') return words.state_gathering(placesLeft);
  if (state === 'failed') {
    return consolationFen === null ? words.state_failed : words.state_consoled(yuanText(consolationFen));
  }
  if (share?.state === 'opened') return words.state_opened(yuanText(share.fen));
  return state === 'split' && share?.state === 'closed' ? words.state_toOpen : words.state_lapsed;
}

/** One team of the shopper, and the way to its room. */
export function OwnTeamRow({ team, now }: { team: OwnTeam; now: number }) {
  const locale = useLocale();
  const words = teamHomeMessages[locale];
  const isTask = isOpenTask(team);
  return (
    <ShopLink
      href={teamPath(team.code)}
      className="flex min-h-16 items-center gap-3 rounded-card bg-card px-3 py-2 shadow-card"
    >
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-card bg-lacquer-soft text-lacquer"
      >
        <Icon name="gift" className="size-5" />
      </span>
      {/* With large text the state stands below. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
        <span className="min-w-0 flex-[999_1_6rem]">
          <span className="block text-16">{words.potOf(yuanText(team.potFen))}</span>
          <span className="block text-12 text-ink-2">
            {team.own.isLeader ? words.roleLeader : words.roleMember} · {momentText(team.openedAt, now, locale)}
          </span>
        </span>
        <span className={cx('figures text-14', isTask ? 'font-semibold text-lacquer' : 'text-ink-2')}>
          {stateText(team, locale)}
        </span>
      </span>
      <Icon name="forward" className="size-4 text-ink-3" />
    </ShopLink>
  );
}
