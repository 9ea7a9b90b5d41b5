import * as z from 'zod/mini';
import { type Contract, doorRefusals, type Schema } from '../../lib/contracts/contract.ts';

const jsonSchema = (schema: Schema) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

/** The OpenAPI 3.1 document of these contracts; the wire is described once, in lib/contracts. */
export function openApiDocument(contracts: readonly Contract[], version: string): object {
  const paths: Record<string, object> = {};
  for (const contract of contracts) {
    const path = contract.inPath === undefined ? contract.path : `${contract.path}/{${contract.inPath}}`;
    const request = jsonSchema(contract.request) as { properties?: Record<string, object>; required?: string[] };
    const refusals = [...contract.refusals, ...doorRefusals].map(jsonSchema);
    const input =
      contract.method === 'POST'
        ? { requestBody: { required: true, content: { 'application/json': { schema: request } } } }
        : {
            parameters: Object.entries(request.properties ?? {}).map(([name, schema]) => ({
              name,
              in: path.includes(`{${name}}`) ? 'path' : 'query',
              required: path.includes(`{${name}}`) || (request.required ?? []).includes(name),
              schema,
            })),
          };
    paths[path] = {
      [contract.method.toLowerCase()]: {
        operationId: contract.name,
        summary: contract.summary,
        'x-who': contract.who,
        ...(contract.token ? { security: [{ session: [] }, { token: [] }], 'x-token-scope': contract.token } : {}),
        ...input,
        responses: {
          200: {
            description: 'Done',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['ok', 'value'],
                  properties: { ok: { const: true }, value: jsonSchema(contract.value) },
                },
              },
            },
          },
          default: {
            description: 'Refused, with a code and a sentence in the caller’s language',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['ok', 'refusal'],
                  properties: { ok: { const: false }, refusal: { anyOf: refusals } },
                },
              },
            },
          },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Festa', version, description: 'The wire of the shop: commands, personal reads and public reads.' },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'festa_session', description: 'Of a signed-in browser' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of the API, made on the page of tokens by a marketer; `x-token-scope` says what it must be for',
        },
      },
    },
  };
}
