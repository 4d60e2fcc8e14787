// What the linter asks for beyond strict types: no promise that nobody waits for, no assertion that
// changes nothing, types imported as types, one declaration a statement, no nested ternary, no
// shadowed name, no line above 120 columns.

import tseslint from 'typescript-eslint';

/**
 * Assertions that change nothing, without one kind of its reports: `x.sum() as tf.Scalar` and
 * `x.sum<tf.Scalar>()` say the same, and not every operation's type parameter is its result.
 */
const needlessAssertion = {
  ...tseslint.plugin.rules['no-unnecessary-type-assertion'],
  create(context) {
    const report = found => found.messageId === 'contextuallyInferredTypeArguments' || context.report(found);
    const own = Object.create(context, {report: {value: report}});
    return tseslint.plugin.rules['no-unnecessary-type-assertion'].create(own);
  },
};

/** Columns carry the meaning of a pattern and of a table. */
const lineLength = {code: 120, ignoreRegExpLiterals: true, ignorePattern: '^ *\\* \\|'};
/** Elsewhere, of a script in a template, too. */
const longTemplates = {'max-len': ['error', {...lineLength, ignoreTemplateLiterals: true}]};

/** `_` is never read: one within another hides nothing. */
const shadow = ['error', {allow: ['_']}];

const everywhere = {
  'one-var': ['error', 'never'],
  'no-nested-ternary': 'error',
  'max-len': ['error', lineLength],
};

export default tseslint.config(
  {ignores: ['lib/dist*', 'node_modules', 'data', 'docs', 'notebooks', 'experiments/results', '.setup', '.venv']},
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  {files: ['**/*.{mjs,cjs}'], rules: {...everywhere, 'no-shadow': shadow}},
  {
    files: ['{lib,experiments,test}/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {project: './tsconfig.json', tsconfigRootDir: import.meta.dirname},
    },
    plugins: {'@typescript-eslint': tseslint.plugin, house: {rules: {'needless-assertion': needlessAssertion}}},
    rules: {
      ...everywhere,
      'house/needless-assertion': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {allowForKnownSafeCalls: [{from: 'package', name: ['test', 'it', 'describe'], package: 'node:test'}]},
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-shadow': shadow,
    },
  },
  {files: ['{setup,test}/**'], rules: longTemplates},
);
