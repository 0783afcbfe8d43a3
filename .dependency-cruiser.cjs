// The import table of docs/architecture.md: what is not listed is refused.
const packages = {
  contract: [],
  locator: [],
  manifest: ['contract', 'locator'],
  probe: ['contract'],
  doctor: ['locator'],
  egress: [],
  db: ['contract'],
  spool: ['contract', 'locator'],
  tracing: [],
  sdk: ['contract'],
  'object-store': ['locator'],
  measuring: ['contract', 'manifest', 'probe', 'egress', 'sdk'],
  bucket: [],
  gateway: ['locator'],
  signer: ['contract', 'locator', 'object-store'],
  server: ['contract', 'locator', 'manifest', 'probe', 'egress', 'measuring', 'db', 'spool', 'tracing'],
  testkit: [
    'contract',
    'locator',
    'manifest',
    'probe',
    'egress',
    'measuring',
    'db',
    'spool',
    'server',
    'sdk',
    'bucket',
  ],
};
const apps = {
  cli: [
    'contract',
    'locator',
    'doctor',
    'manifest',
    'probe',
    'egress',
    'measuring',
    'server',
    'sdk',
    'object-store',
    'bucket',
    'gateway',
    'signer',
  ],
  web: ['contract', 'locator', 'doctor', 'manifest', 'probe', 'sdk'],
};

const bench = ['contract', 'locator', 'manifest', 'probe', 'egress', 'db', 'sdk', 'testkit'];

const direction = (folder, name, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `${folder}/${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  from: { path: `^${folder}/${name}/src/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: '^(packages|apps)/',
    pathNot: [`^${folder}/${name}/`, ...allowed.map((other) => `^packages/${other}/`)],
  },
});

// Names of Node's modules that open connections or resolve names.
const networkClients = '^(node:)?(http|https|http2|net|tls|dns|dns/promises|dgram)$';

module.exports = {
  forbidden: [
    ...Object.entries(packages).map(([name, allowed]) => direction('packages', name, allowed)),
    ...Object.entries(apps).map(([name, allowed]) => direction('apps', name, allowed)),
    {
      name: 'bench-imports',
      severity: 'error',
      comment: `bench may import ${bench.join(', ')}.`,
      from: { path: '^bench/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|apps)/', pathNot: bench.map((name) => `^packages/${name}/`) },
    },
    {
      name: 'server-holds-no-key',
      severity: 'error',
      comment:
        "The credentials of a cloud are the customer's: nothing that the server is made of lists or signs with them.",
      from: { path: '^packages/(contract|locator|manifest|probe|egress|db|spool|server)/' },
      to: {
        path: '^packages/object-store/|^node_modules/(@aws-sdk/|@azure/identity/|google-auth-library/)',
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-egress',
      severity: 'error',
      comment:
        'The server connects to URLs that users gave through packages/egress alone. packages/spool connects to the one bucket that the operator set, packages/tracing to the one collector.',
      from: {
        path: '^packages/(contract|locator|doctor|manifest|probe|db|server)/src/',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: `${networkClients}|^node_modules/(undici|axios|got|node-fetch|@opentelemetry)/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tracing-on-demand',
      severity: 'error',
      comment: 'OpenTelemetry is loaded by import() where traces are switched on, and nowhere else.',
      from: { pathNot: '^packages/tracing/src/otlp-tracing\\.ts$' },
      to: {
        path: '^packages/tracing/(src|dist)/otlp-tracing\\.|^node_modules/@opentelemetry/',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'single-sign-on-egress',
      severity: 'error',
      comment:
        'openid-client makes its requests through packages/egress: only where it is given that, and loaded by import() where a provider is set up.',
      from: {
        pathNot:
          '^packages/server/src/single-sign-on/(identity-provider|provider-errors)\\.ts$|\\.test\\.ts$',
      },
      to: {
        path: '^node_modules/(openid-client|oauth4webapi)/|^packages/server/(src|dist)/single-sign-on/identity-provider\\.',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'gateway-origins',
      severity: 'error',
      comment: 'The gateway connects to the origins of its configuration, in src/origin alone.',
      from: { path: '^packages/gateway/src/', pathNot: ['\\.test\\.ts$', '^packages/gateway/src/origin/'] },
      to: {
        path: '^node_modules/(undici|axios|got|node-fetch)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-in-browsers',
      severity: 'error',
      comment: 'contract, manifest and doctor run in browsers; locator as well, but for presigning.',
      from: {
        path: '^packages/(contract|manifest|locator|doctor)/src/',
        pathNot: ['\\.test\\.ts$', '^packages/locator/src/(sigv4|presign)/'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      comment: 'Only plugins, routes, http and the app know Fastify; services get a context and values.',
      from: { path: '^packages/server/src/[^/]+/(service|.*-service)\\.ts$' },
      to: { path: '^node_modules/fastify/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-routes',
      severity: 'error',
      from: { path: '^packages/server/src/', pathNot: 'handlers\\.ts$' },
      to: { path: '^packages/server/src/[^/]+/routes/' },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'shared-does-not-import-features',
      severity: 'error',
      from: { path: '^apps/web/src/(components|lib)/' },
      to: { path: '^apps/web/src/(features|app)/' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: {
        path: '^(packages|apps)/[^/]+/src/',
        pathNot: ['\\.test\\.ts$', '^packages/testkit/', '/src/testing/'],
      },
      to: { path: '^packages/(testkit/|[^/]+/(src|dist)/testing/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
    exclude: { path: 'media/|vectors/|fixtures/' },
  },
};
