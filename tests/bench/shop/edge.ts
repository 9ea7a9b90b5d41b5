/* Serves one published folder: `edge.ts HOME`. A process of its own; prints its port. */
import fastify from 'fastify';
import { staticFiles } from '../../../server/platform/static-files.ts';

const files = staticFiles({ home: process.argv[2] ?? '' });
const server = fastify();
server.setNotFoundHandler((request, reply) => files.handle(request, reply));
const origin = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(origin).port}\n`);
