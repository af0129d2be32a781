/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...arrows(),
    ...insideCore(),
    ...insideWeb(),
    {
      name: 'testing-stays-in-tests',
      comment: 'What helps tests is not shipped; neither is the bench.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: ['/testing/', '\\.test\\.tsx?$', '/vitest\\.config\\.ts$', 'test-setup', '^packages/bench/'],
      },
      to: {
        path: ['^(apps|packages)/.*/testing/', '\\.test\\.tsx?$', '/node_modules/(vitest|@testing-library)/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}

/** contract ← core ← bff; pages and sandbox see contract at most. */
function arrows() {
  const ours = '^(apps|packages|scripts|e2e)/'
  const mayOnlySee = (name, folder, allowed, comment) => ({
    name,
    comment,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: ours, pathNot: [folder, ...allowed].map((path) => `^${path}/`) },
  })
  const except = (pathNot, rule) => ({ ...rule, from: { ...rule.from, pathNot } })
  return [
    mayOnlySee('contract-stands-alone', 'packages/contract', [], 'Both sides speak it, so it knows neither.'),
    mayOnlySee(
      'core-sees-contract',
      'packages/core',
      ['packages/contract'],
      'The shared package serves any front.',
    ),
    except(
      ['\\.test\\.ts$', '/testing/'],
      mayOnlySee(
        'bff-sees-core-and-contract',
        'apps/bff',
        ['packages/core', 'packages/contract'],
        'A thin server.',
      ),
    ),
    mayOnlySee(
      'tests-of-the-bff-break-what-is-outside',
      'apps/bff',
      ['packages/core', 'packages/contract', 'apps/sandbox/src', 'scripts/lib'],
      'The stand-ins and a database server of their own, to make them fail.',
    ),
    mayOnlySee(
      'sandbox-sees-contract',
      'apps/sandbox',
      ['packages/contract'],
      'An independent judge of our clients.',
    ),
    mayOnlySee(
      'bench-sees-core',
      'packages/bench',
      ['packages/core', 'packages/contract', 'scripts/lib'],
      'It measures, and is used by none.',
    ),
    mayOnlySee(
      'e2e-sees-nothing',
      'e2e',
      ['scripts/lib/reverse-proxies'],
      'Stories are told from outside, where proxies stand too.',
    ),
    {
      ...mayOnlySee(
        'pages-see-contract',
        'apps/(web|authenticator)',
        ['packages/contract', 'apps/bff'],
        'And the type of the API.',
      ),
      to: {
        path: ours,
        pathNot: [
          '^apps/$1/',
          '^packages/contract/',
          '^apps/bff/src/app\\.ts$',
          '^apps/web/precompress\\.ts$',
        ],
      },
    },
    {
      name: 'only-the-client-sees-the-api',
      severity: 'error',
      from: { path: '^apps/(web|authenticator)/', pathNot: '^apps/[^/]+/src/api/client\\.ts$' },
      to: { path: '^apps/bff/' },
    },
    {
      name: 'the-client-sees-a-type',
      comment: 'A value would carry the server into the browser.',
      severity: 'error',
      from: { path: '^apps/(web|authenticator)/src/api/client\\.ts$' },
      to: { path: '^apps/bff/', dependencyTypesNot: ['type-only'] },
    },
  ]
}

function insideCore() {
  const core = 'packages/core/src'
  // What anybody in core may use: they compute, and know nothing of what they are used for.
  const foundations = [`^${core}/clock\\.ts$`, `^${core}/keys/`, `^${core}/policy/parameters\\.ts$`]
  const shipped = ['\\.test\\.ts$', '/testing/']
  return [
    {
      name: 'a-factor-knows-its-own-protocol',
      comment: 'Never another factor, a table or a use case, so that adding one is adding a folder.',
      severity: 'error',
      from: { path: `^${core}/factors/([^/]+)/`, pathNot: shipped },
      to: {
        path: `^${core}/`,
        pathNot: [
          `^${core}/factors/$1/`,
          `^${core}/factors/factor\\.ts$`,
          `^${core}/gateways/`,
          ...foundations,
        ],
      },
    },
    {
      name: 'a-factor-is-given-its-gateways',
      severity: 'error',
      from: { path: `^${core}/factors/`, pathNot: shipped },
      to: { path: `^${core}/gateways/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'policy-is-pure',
      comment: 'The same function serves sign-in, status column and rehearsal.',
      severity: 'error',
      from: { path: `^${core}/policy/`, pathNot: shipped },
      to: { pathNot: [`^${core}/policy/`, `^${core}/clock\\.ts$`, '^packages/contract/'] },
    },
    {
      name: 'stores-know-no-use-case',
      severity: 'error',
      from: { path: `^${core}/db/`, pathNot: shipped },
      to: {
        path: `^${core}/[^/]+/`,
        pathNot: [`^${core}/db/`, ...foundations],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'gateways-know-no-use-case',
      severity: 'error',
      from: { path: `^${core}/gateways/`, pathNot: shipped },
      to: { path: `^${core}/[^/]+/`, pathNot: [`^${core}/gateways/`, ...foundations] },
    },
  ]
}

function insideWeb() {
  const web = 'apps/web/src'
  return [
    {
      name: 'a-feature-never-imports-a-feature',
      severity: 'error',
      from: { path: `^${web}/features/([^/]+)/` },
      to: { path: `^${web}/features/`, pathNot: `^${web}/features/$1/` },
    },
    {
      name: 'ui-is-plain',
      comment: 'Primitives know no router, query or form library, and nothing above them.',
      severity: 'error',
      from: { path: `^${web}/ui/` },
      to: {
        path: [
          '/node_modules/(react-router|@tanstack|react-hook-form)/',
          `^${web}/(?!ui/|copy/|styles/)[^/]+/`,
        ],
      },
    },
    {
      name: 'foundations-know-no-feature',
      severity: 'error',
      from: { path: `^${web}/(api|form|prompts|copy)/` },
      to: { path: `^${web}/features/` },
    },
  ]
}
