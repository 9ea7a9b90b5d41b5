/* The process that answers the callers of the team packet, by one design. Argument: the design. */
import { openDatabase } from '../../../server/platform/database.ts';
import { teamService } from '../../../server/team/service.ts';
import { CODE, type Design, serveSeat } from '../orders/pipe.ts';
import { isCode, openTeamRowLock } from './team-row-lock.ts';

const url = process.env.BENCH_DATABASE ?? '';

/** Ours: the room's service as the edge wires it. */
function openFesta(): Design {
  const db = openDatabase(url, { max: 4, isServing: true });
  const teams = teamService({ db });
  return {
    async ask(shopperId, key, about) {
      const answer = isCode(about)
        ? await teams.join({ shopperId, key, code: about, name: null })
        : await teams.openShare({ shopperId, key, teamId: about });
      if (answer.ok) return { code: answer.value.isReplay ? CODE.replay : CODE.accepted, reference: '' };
      return { code: CODE.other, reference: answer.refusal.code };
    },
    stats: () => ({ batches: 0, commands: 0 }),
    async close() {
      await teams.drain();
      await db.close();
    },
  };
}

const DESIGNS: Readonly<Record<string, () => Design>> = { festa: openFesta, 'row-lock': () => openTeamRowLock(url) };

serveSeat(DESIGNS[process.argv[2] ?? '']!());
