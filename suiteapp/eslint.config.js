const script = { define: 'readonly' };
const tests = {
  URL: 'readonly',
  beforeEach: 'readonly',
  describe: 'readonly',
  expect: 'readonly',
  jest: 'readonly',
  module: 'writable',
  require: 'readonly',
  test: 'readonly'
};
const node = { module: 'writable', require: 'readonly', process: 'readonly', __dirname: 'readonly' };

const rules = {
  'consistent-return': 'off',
  'default-case-last': 'error',
  eqeqeq: 'error',
  'max-len': ['error', { code: 140 }],
  'no-console': 'error',
  'no-const-assign': 'error',
  'no-dupe-keys': 'error',
  'no-else-return': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-shadow': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unused-vars': 'error',
  'no-use-before-define': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-template': 'error',
  complexity: ['error', 8],
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 40, skipComments: true, skipBlankLines: true }]
};

module.exports = [
  // The function around a module is as long as the module.
  { files: ['src/**/*.js'], languageOptions: { ecmaVersion: 2023, sourceType: 'script', globals: script },
    rules: { ...rules, 'max-lines-per-function': 'off' } },
  { files: ['test/**/*.js'], languageOptions: { ecmaVersion: 2023, sourceType: 'commonjs', globals: tests }, rules },
  { files: ['*.js'], languageOptions: { ecmaVersion: 2023, sourceType: 'commonjs', globals: node }, rules }
];
