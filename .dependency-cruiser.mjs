// The map of docs/architecture.md as rules: imports point down. `npm run architecture`, and test/architecture.test.ts.

/** What each part of src/ may import besides itself. A part that is not named here may not exist. */
const mayImport = {
  main: ['cli'],
  index: ['library', 'actions', 'words', 'policy', 'documents', 'problems'],
  library: [
    'actions',
    'render',
    'run',
    'root',
    'org',
    'aws',
    'words',
    'documents',
    'problems',
    'policy',
    'sandbox',
    'clock',
    'random',
    'duration',
  ],
  cli: [
    'actions',
    'terminal',
    'run',
    'root',
    'org',
    'aws',
    'render',
    'words',
    'documents',
    'problems',
    'policy',
    'sandbox',
    'poll',
    'clock',
    'random',
    'duration',
  ],
  terminal: ['render', 'words', 'problems', 'clock'],
  actions: [
    'run',
    'root',
    'org',
    'aws',
    'sandbox',
    'documents',
    'problems',
    'policy',
    'poll',
    'clock',
    'random',
    'duration',
  ],
  run: ['root', 'org', 'aws', 'documents', 'problems', 'policy', 'clock', 'random'],
  root: ['org', 'aws', 'documents', 'problems', 'policy', 'poll', 'clock'],
  org: ['aws', 'documents', 'problems', 'policy', 'clock'],
  aws: ['problems', 'clock', 'random'],
  render: ['words', 'documents', 'problems', 'duration'],
  words: ['documents', 'problems', 'policy'],
  sandbox: ['policy', 'clock', 'random'],
  documents: ['problems', 'policy'],
  policy: ['problems'],
  problems: [],
  poll: ['clock'],
  clock: [],
  random: [],
  duration: [],
};

/** The only files that touch the disk, and the network; everything else is given them. */
const diskFiles = '^src/(cli/world|terminal/terminal|run/(files|processes))\\.ts$';
const networkFiles = '^src/(aws/transport|sandbox/server)\\.ts$';

const partPath = (parts) => `^src/(${parts.join('|')})(/|\\.ts$)`;

const layers = Object.entries(mayImport).map(([part, others]) => ({
  name: `${part}-imports`,
  comment: `src/${part} may import ${others.join(', ') || 'nothing else of src'}`,
  severity: 'error',
  from: { path: partPath([part]) },
  to: { path: '^src/', pathNot: partPath([part, ...others]) },
}));

export default {
  forbidden: [
    ...layers,
    {
      name: 'unnamed-part',
      comment: 'every part of src/ has a place in the map above',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: partPath(Object.keys(mayImport)) },
    },
    {
      name: 'product-imports-tests',
      comment: 'what ships does not know its tests, benchmarks and scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|harness|simulation|bench|scripts)/' },
    },
    {
      name: 'harness-imports',
      comment: 'what tests and simulation share knows neither of them, and no test runner',
      severity: 'error',
      from: { path: '^harness/' },
      to: { path: '^(test|simulation|bench|scripts)/|node_modules/' },
    },
    {
      name: 'cycle',
      comment: 'two files that import each other at run time are one file, or three (types may refer to each other)',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-parts-know-no-aws',
      comment: 'documents, policy and render are data in, data or text out',
      severity: 'error',
      from: { path: partPath(['documents', 'problems', 'words', 'policy', 'render']) },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'disk',
      comment: 'the disk is a parameter, so that a run can be replayed from its seed',
      severity: 'error',
      from: { path: '^src/', pathNot: diskFiles },
      to: { path: '^(node:)?fs(/|$)' },
    },
    {
      name: 'network',
      comment: 'the network is a parameter, so that a run can be replayed from its seed',
      severity: 'error',
      from: { path: '^src/', pathNot: networkFiles },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns|child_process|worker_threads)(/|$)' },
    },
    {
      name: 'sandbox-services-by-their-list',
      comment: 'a service of the sandbox is one folder and one line: nothing else names it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/services/' },
      to: { path: '^src/sandbox/services/[^/]+/' },
    },
    {
      name: 'sandbox-services-apart',
      comment: 'services of the sandbox do not know each other',
      severity: 'error',
      from: { path: '^src/sandbox/services/([^/]+)/' },
      to: { path: '^src/sandbox/services/[^/]+/', pathNot: '^src/sandbox/services/$1/' },
    },
    {
      name: 'page-apart',
      comment: 'what runs in the browser of a report shares with the renderer the data and the rows, and nothing else',
      severity: 'error',
      from: { path: '^src/render/html/page/' },
      to: { path: '^(src|node_modules)/', pathNot: '^src/render/html/(page/|(data|dates|element|rows)\\.ts$)' },
    },
    {
      name: 'page-is-bundled',
      comment: 'scripts/page.mjs bundles it; in Node there is no document',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/render/html/page/' },
      to: { path: '^src/render/html/page/' },
    },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // or type imports are invisible
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
