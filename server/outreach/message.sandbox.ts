import type { Queryable } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type MessagePort, maskRecipient } from './message-port.ts';

/**
 * Where no provider is set: messages stay in the table `message`, which /ops shows with codes masked, and are printed
 * in the terminal for the person who is trying the shop. The demo crowd's are kept but not printed.
 */
export function sandboxMessages(db: Queryable, log: Log): MessagePort {
  return {
    isSandbox: true,
    async send({ channel, to, text, textMasked }, { isLoad = false } = {}) {
      await db.query('insert into message (channel, recipient, body, body_masked) values ($1, $2, $3, $4)', [
        channel,
        to,
        // The body of a sandbox message is only read from the terminal and the page: the table need not know the code.
        textMasked,
        textMasked,
      ]);
      if (!isLoad) log.info({ sandboxMessage: text, to: maskRecipient(to) }, 'a message that no provider sent');
    },
  };
}
