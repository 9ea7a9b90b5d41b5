/* One edge's landing on a database, with a constant answer beside it: `seat.ts DATABASE_URL CODE`. Prints its port. */
import fastify from 'fastify';
import { openDatabase } from '../../../server/platform/database.ts';
import { openLog } from '../../../server/platform/log.ts';
import { mountLanding } from '../../../server/sharing/landing.http.ts';
import { openLinkBook } from '../../../server/sharing/link-book.ts';
import { openShareDomains } from '../../../server/sharing/share-domains.ts';
import { openVisitRecorder } from '../../../server/sharing/visit-recorder.ts';
import { visitorCookie } from '../../../server/sharing/visitor.ts';

const [url = '', code = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 4 });
const app = fastify();
const recorder = openVisitRecorder({ db, log: openLog('warn') });
const visitors = visitorCookie(false);
const domains = openShareDomains({ db, log: openLog('warn'), publicUrl: 'http://127.0.0.1' });
mountLanding(app, { links: openLinkBook(db), recorder, visitors, domains, origin: 'http://127.0.0.1' });
let constant = '';
app.get('/constant', (_request, reply) => reply.type('text/html; charset=utf-8').send(constant));
constant = (await app.inject({ url: `/s/${code}` })).body;
const origin = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(origin).port}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  await recorder.drain();
  await domains.stop();
  await db.close();
});
