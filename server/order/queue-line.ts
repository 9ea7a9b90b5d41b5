import type { PlaceCommand, PlaceOutcome } from './order-book.ts';
import type { OrderQueue } from './order-queue.ts';

/** What somebody hears who has asked: what was decided, or his place among those who wait in this process, from 1. */
export type Heard =
  | { readonly kind: 'decided'; readonly outcome: PlaceOutcome }
  | { readonly kind: 'waiting'; readonly position: number };

type Entry = { readonly command: PlaceCommand; readonly number: number; readonly decided: Promise<PlaceOutcome> };

const isPlaced = ({ decision: { kind } }: PlaceOutcome) => kind === 'accepted' || kind === 'replay';

/**
 * The order queue for callers who rather hear their place than wait without a word. A command stays in the queue
 * whoever hears of it; who asks again with its key joins the one that waits there and adds nothing to the rush.
 */
export function openQueueLine(queue: Pick<OrderQueue, 'submit'>, waitMs: number) {
  const entries = new Map<string, Entry>();
  let came = 0;
  let left = 0;

  function enter(key: string, command: PlaceCommand): Entry {
    came += 1;
    const decided = queue.submit(command).finally(() => {
      left += 1;
      if (entries.get(key) === entry) entries.delete(key);
    });
    // Nobody may be there to hear a fault: he was told his place and went away.
    decided.catch(() => {});
    const entry = { command, number: came, decided };
    if (!entries.has(key)) entries.set(key, entry);
    return entry;
  }

  async function hear({ decided, number }: Entry): Promise<Heard> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const impatient = new Promise<Heard>((resolve) => {
      const tell = () => resolve({ kind: 'waiting', position: Math.max(1, number - left) });
      timer = setTimeout(tell, waitMs);
    });
    try {
      return await Promise.race([decided.then((outcome): Heard => ({ kind: 'decided', outcome })), impatient]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    /**
     * What became of a command; with `mayWait` its place, once it has waited `waitMs`.
     * @throws what the queue throws
     */
    async submit(command: PlaceCommand, mayWait: boolean): Promise<Heard> {
      if (!mayWait) {
        came += 1;
        try {
          return { kind: 'decided', outcome: await queue.submit(command) };
        } finally {
          left += 1;
        }
      }
      const key = `${command.shopperId}|${command.key}`;
      const known = entries.get(key);
      const isSame = known?.command.requestHash === command.requestHash;
      const heard = await hear(isSame ? known : enter(key, command));
      // A refusal of what was sent again must be known to every process; the one that was joined said nothing of that.
      const isForGood = !isSame || !command.isAgain || known.command.isAgain;
      if (isForGood || heard.kind === 'waiting' || isPlaced(heard.outcome)) return heard;
      return hear(enter(key, command));
    },
  };
}
