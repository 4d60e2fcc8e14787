import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {preset, settings} from '../lib/preset';

const before = process.env.SSL_PRESET;
afterEach(() => {
  if (before === undefined) delete process.env.SSL_PRESET;
  else process.env.SSL_PRESET = before;
});

test('the environment chooses', () => {
  process.env.SSL_PRESET = 'smoke';
  assert.equal(preset(), 'smoke');
  assert.deepEqual(settings({smoke: {epochs: 1}, default: {epochs: 12}, paper: {epochs: 200}}), {epochs: 1});
});

test('without it, or empty, it is the default', () => {
  delete process.env.SSL_PRESET;
  assert.equal(preset(), 'default');
  process.env.SSL_PRESET = '';
  assert.equal(preset(), 'default');
});

test('another word is refused', () => {
  process.env.SSL_PRESET = 'smok';
  assert.throws(preset, /^RangeError: preset: expected SSL_PRESET to be smoke, default, paper or empty, got "smok"/);
});
