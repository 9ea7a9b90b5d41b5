// npm start: installs what is missing, then hands over to server/main.ts on Node 24 with the same options.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { PrepareError, prepare, root } from './prepare.mjs';

try {
  const { node, env } = await prepare();
  // The channel tells the server when this process is killed: it stops instead of living on unseen.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const server = spawn(node, ['server/main.ts', ...process.argv.slice(2)], { cwd: root, env, stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
  if (process.env.npm_lifecycle_event) {
    // npm's shell ends on a SIGTERM without passing it on; without a parent nobody could stop us.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && server.kill('SIGTERM'), 1_000).unref();
  }
  server.once('error', (error) => {
    console.error(`Festa could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  server.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
