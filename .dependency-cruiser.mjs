// The architecture, executable: core <- audit-store, access <- gateway <- cli (docs/architecture.md).
const tests = '\\.(test|bench)\\.ts$|/testing/|/fixtures/'

const rule = (name, from, to) => ({ name, severity: 'error', from, to })

export default {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule(
      'core-imports-no-sibling',
      { path: '^packages/core/' },
      { path: '^(apps/|packages/(?!core/))' },
    ),
    rule('stores-are-strangers', { path: '^packages/audit-store/' }, { path: '^packages/access/' }),
    rule('access-knows-no-log', { path: '^packages/access/' }, { path: '^packages/audit-store/' }),
    rule('packages-import-no-app', { path: '^packages/(?!bench/)' }, { path: '^apps/' }),
    rule('gateway-imports-no-cli', { path: '^apps/gateway/' }, { path: '^apps/cli/' }),
    // Node 24 aborts when it collects a connection that nothing holds (docs/adr/0012): also in tests.
    rule(
      'connections-are-kept',
      { path: '^packages/', pathNot: '/open-sqlite\\.ts$' },
      { path: 'node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'core-has-no-server',
      { path: '^packages/core/src' },
      { path: 'node_modules/(hono|@hono|better-sqlite3|@oclif|undici)/' },
    ),
    rule(
      'core-is-pure',
      { path: '^packages/core/src', pathNot: `^packages/core/src/node/|${tests}` },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'policies-are-strangers',
      { path: '^packages/core/src/policies/([^/]+)/' },
      { path: '^packages/core/src/policies/([^/]+)/', pathNot: '^packages/core/src/policies/$1/' },
    ),
    rule(
      'only-registry-knows-policies',
      { path: '^packages/core/src', pathNot: `^packages/core/src/policies/|${tests}` },
      { path: '^packages/core/src/policies/[^/]+/' },
    ),
    rule(
      'no-dev-deps-in-src',
      { path: '/src/', pathNot: `${tests}|^packages/(testing|bench)/` },
      { dependencyTypes: ['npm-dev'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@keeptrusts/source', 'import', 'node', 'default'],
    },
  },
}
