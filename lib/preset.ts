// How long a notebook may take: the environment chooses, a cell says what that means.

import {check} from './check';

/**
 * `smoke`: a minute or two on two processor cores, for tests. `default`: at most an hour there.
 * `paper`: the publication's settings, for a GPU.
 */
export type Preset = 'smoke' | 'default' | 'paper';

const presets: readonly string[] = ['smoke', 'default', 'paper'] satisfies Preset[];

/**
 * The preset of the environment variable SSL_PRESET; `default` without it.
 *
 * @throws RangeError when the variable holds something else.
 */
export function preset(): Preset {
  const chosen = process.env.SSL_PRESET || 'default';
  check(
    presets.includes(chosen),
    'preset',
    `expected SSL_PRESET to be ${presets.join(', ')} or empty, got "${chosen}"`,
  );
  return chosen as Preset;
}

/** Of three settings, those of the {@link preset}. */
export function settings<T>(choices: Record<Preset, T>): T {
  return choices[preset()];
}
