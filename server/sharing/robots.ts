import crawlers from 'crawler-user-agents';
import { isbot } from 'isbot';

/** More of a user agent says nothing more; fifteen hundred patterns are not tried on a letter. */
const CHARS_MAX = 512;
const REMEMBERED_MAX = 20_000;

const CRAWLERS = new RegExp(crawlers.map(({ pattern }) => `(?:${pattern})`).join('|'));
/**
 * Robots that fetch a link to draw its card, among them some that call themselves what a browser does. In-app browsers
 * (`MicroMessenger`, `QQ/`, `Weibo (`) are people.
 */
const PREVIEWS =
  /^$|WeChat-?Bot|MicroMessenger-?Bot|Mpbot|QQ-?URL-?Manager|Weibo-?(?:Bot|Spider)|^okhttp|^Dalvik|HeadlessChrome/i;

const remembered = new Map<string, boolean>();

/** Whether a user agent is a robot's: a crawler, a preview, a script. None at all is a robot's, too. */
export function isRobot(userAgent: string | undefined): boolean {
  const agent = (userAgent ?? '').slice(0, CHARS_MAX);
  let answer = remembered.get(agent);
  if (answer === undefined) {
    answer = PREVIEWS.test(agent) || isbot(agent) || CRAWLERS.test(agent);
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(agent, answer);
  }
  return answer;
}
