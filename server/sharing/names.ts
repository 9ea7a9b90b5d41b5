import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { shareShowName } from '../../lib/contracts/share.ts';
import { accept } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Database } from '../platform/database.ts';
import { hideNames } from './hide-name.ts';

/** A person lets others see the name of his profile on his links, or no longer: then it goes from rooms he is in too. */
export async function showName(
  db: Database,
  personId: string,
  shows: boolean,
): Promise<AnswerOf<typeof shareShowName>> {
  await db.query(
    shows
      ? 'insert into share_name_consent (person_id) values ($1) on conflict do nothing'
      : 'delete from share_name_consent where person_id = $1',
    [personId],
  );
  if (!shows) await db.transaction((tx) => hideNames(tx, [personId]));
  const [person] = await db.query<{ name: string }>('select display_name as name from person where id = $1', [
    personId,
  ]);
  return accept({ shows, name: shows && person ? shownName(person.name) : null });
}
