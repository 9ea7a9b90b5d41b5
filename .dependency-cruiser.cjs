// Who may import whom. The picture is in CONTRIBUTING.md; this file is the law, tests/support/import-law.ts its judge.
const outside = (pattern) => ({ pathNot: pattern });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A circle with a type-only import in it is none at run time: nothing is loaded by a type.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      // Lighthouse is large and has a package.json of its own.
      from: { pathNot: '^tests/bench/lighthouse/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Rules know nothing of sockets, databases, React or npm. Pass what they need as arguments.',
      from: { path: '^lib/domain/' },
      to: outside('^lib/domain/'),
    },
    {
      name: 'contracts-know-only-domain',
      severity: 'error',
      comment: 'The wire is shared with every phone; it may use zod and the domain’s words, nothing else.',
      from: { path: '^lib/contracts/' },
      to: outside('^(lib/(domain|contracts)/|node_modules/zod/)'),
    },
    {
      name: 'messages-know-only-words',
      severity: 'error',
      from: { path: '^lib/messages/' },
      to: outside('^lib/(domain|contracts|messages)/'),
    },
    {
      name: 'phone-never-imports-server',
      severity: 'error',
      comment: 'The pages are built from the published catalogue file; what is live comes over the wire.',
      from: { path: '^(app|components|lib)/' },
      to: { path: '^server/' },
    },
    {
      name: 'phone-never-imports-zod',
      severity: 'error',
      comment: 'zod costs a page more than the page. Import types of lib/contracts instead.',
      from: { path: '^(app|components|lib/client)/' },
      to: { path: '^node_modules/zod/' },
    },
    {
      name: 'server-never-imports-screens',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components|lib/(client|service-worker))/' },
    },
    {
      name: 'lib-is-below-screens',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    { name: 'components-never-import-app', severity: 'error', from: { path: '^components/' }, to: { path: '^app/' } },
    {
      name: 'phone-has-no-node',
      severity: 'error',
      comment: 'app/ may read the published catalogue while it is built; nothing that runs on the phone has a file system.',
      from: { path: '^(components|lib)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-keep-to-their-room',
      severity: 'error',
      comment:
        'Two features meet in app/, or share through lib/, components/ui, components/catalog (goods are what every room ' +
        'shows), components/sharing (what every room that hands something on to friends has), components/store (stores ' +
        'are chosen and shown by several), components/outreach (whoever waits for something may be told of it outside ' +
        'the page) and components/staff (what all who work behind the counter have).',
      from: { path: '^components/([^/]+)/' },
      to: { path: '^components/([^/]+)/', pathNot: '^components/($1|ui|catalog|sharing|store|outreach|staff)/' },
    },
    {
      name: 'server-rooms-use-the-front-door',
      severity: 'error',
      comment: 'Another room is reached by its service.ts, its ports and its named functions, never by its doors or jobs.',
      from: { path: '^server/([^/]+)/' },
      to: { path: '^server/([^/]+)/.+\\.(http|live|job)\\.ts$', pathNot: '^server/$1/' },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      comment: 'The platform is what every room stands on; server/main.ts introduces the rooms to it.',
      from: { path: '^server/platform/' },
      to: { path: '^server/', pathNot: '^server/platform/' },
    },
    {
      name: 'adapters-are-chosen-in-one-place',
      severity: 'error',
      comment:
        'Code depends on the port. Only programs (main.ts with wire.ts, create-operator.ts) and tests name Postgres, Redis or WeChat. ' +
        'An adapter may stand on one of the same technology: a transaction goes through several rooms.',
      from: {
        pathNot: [
          '^server/(main|wire)\\.ts$',
          '^server/[^/]+/(main|create-operator)\\.ts$',
          '^server/[^/]+/[^/]+/main\\.ts$',
          '^server/.+\\.postgres\\.ts$',
          '^tests/',
        ],
      },
      to: { path: '^server/.+\\.(postgres|redis|memory|wechat|alipay)\\.ts$' },
    },
    {
      name: 'adapters-keep-to-their-technology',
      severity: 'error',
      from: { path: '^server/.+\\.postgres\\.ts$' },
      to: { path: '^server/.+\\.(redis|memory|wechat|alipay)\\.ts$' },
    },
    {
      name: 'product-needs-no-test',
      severity: 'error',
      from: { path: '^(app|components|lib|server)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'product-needs-no-dev-package',
      severity: 'error',
      from: { path: '^(app|components|lib|server)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts', '.json'],
    },
  },
};
