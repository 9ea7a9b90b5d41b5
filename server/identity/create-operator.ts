import { createInterface } from 'node:readline/promises';
import { sandboxMessages } from '../outreach/message.sandbox.ts';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { openLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { openIdentity } from './service.ts';
import { createStaff } from './staff.ts';

/*
 * npm run create-operator -- EMAIL [NAME]
 * Makes an operator in the database at DATABASE_URL and prints the password once.
 */

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const [givenEmail, givenName] = process.argv.slice(2);
const config = readConfig(process.env, []);
if (!config.databaseUrl) {
  fail('Set DATABASE_URL to your Postgres. Without it, `npm start` makes demo logins and prints them once.');
}

async function ask(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('E-mail of the operator: ');
  terminal.close();
  return answer.trim();
}

const email = (givenEmail ?? (await ask())).toLowerCase();
if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) fail(`"${email}" is not an e-mail address.`);

const log = openLog('error');
const db = openDatabase(config.databaseUrl, { max: 2 });
try {
  await migrate(db);
  const [taken] = await db.query('select 1 from person where email = $1', [email]);
  if (taken) fail(`${email} has an account already.`);
  const identity = openIdentity({
    db,
    log,
    messages: sandboxMessages(db, log),
    settings: config,
    onClaim: async () => {},
  });
  const { password } = await createStaff(identity, { role: 'operator', email, displayName: givenName ?? 'Operator' });
  await db.query(`insert into audit (actor, action, target) values ('terminal', 'identity.createOperator', $1)`, [
    email,
  ]);
  console.log(
    `Operator ${email}\nPassword ${password}\nIt is shown this once. Sign in at /ops; a code is sent as the second factor.`,
  );
} finally {
  await db.close();
}
