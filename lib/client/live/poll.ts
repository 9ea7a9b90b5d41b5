import type { Frame } from '../../domain/inventory/frame.ts';

const EVERY_MS_MIN = 2_000;
const EVERY_MS_MAX = 5_000;
const ANSWER_MS_MAX = 4_000;

export type Poll = { stop(): void };
export type PollNews = { readonly frame: Frame; readonly asOf: number };

/** One shelf as the CDN has it; null when no answer came. Without a cookie, so that a shared cache may keep it. */
async function readShelf(shelf: string): Promise<PollNews | null> {
  try {
    const response = await fetch(`/api/public/stock/${encodeURIComponent(shelf)}`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const answer = (await response.json()) as { ok: boolean; value: PollNews };
    return answer.ok ? answer.value : null;
  } catch {
    return null;
  }
}

/** Where the socket cannot open: asks for each wanted shelf every 2 to 5 seconds while the page is seen. */
export function startPoll(wanted: () => readonly string[], onNews: (news: PollNews) => void): Poll {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout>;
  async function turn(): Promise<void> {
    const shelves = document.hidden ? [] : wanted();
    const answers = await Promise.all(shelves.map(readShelf));
    if (isStopped) return;
    for (const news of answers) if (news) onNews(news);
    timer = setTimeout(turn, EVERY_MS_MIN + Math.random() * (EVERY_MS_MAX - EVERY_MS_MIN));
  }
  timer = setTimeout(turn, 0);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
