/*
 * One attacker in a process of his own: opens a socket, sends as fast as it takes, and comes back 200 ms after being
 * thrown out. Arguments: port, secret, milliseconds.
 */
import { ticketOf } from './live.ts';
import { rawClient, TEXT } from './raw-socket.ts';

const [port, secret, lastsMs] = [Number(process.argv[2]), process.argv[3]!, Number(process.argv[4])];
const endsAt = performance.now() + lastsMs;
let thrownOut = 0;
process.stdout.write('ready\n');
while (performance.now() < endsAt) {
  const client = await rawClient(port, ticketOf('load', secret)).catch(() => null);
  if (client) {
    const end = setTimeout(() => client.socket.destroy(), endsAt - performance.now());
    const pump = () => {
      while (!client.socket.destroyed && performance.now() < endsAt) {
        let isTaken = true;
        for (let packet = 0; packet < 500; packet += 1) isTaken = client.send(TEXT, '42["x",1]');
        if (!isTaken) {
          client.socket.once('drain', () => setImmediate(pump));
          return;
        }
      }
    };
    pump();
    await client.closed;
    clearTimeout(end);
    thrownOut += 1;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
process.stdout.write(`${JSON.stringify({ thrownOut })}\n`);
process.exit(0);
