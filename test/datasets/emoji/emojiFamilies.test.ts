import assert from 'node:assert/strict';
import {test} from 'node:test';
import {familyOf} from '../../../lib/datasets/emoji/emojiFamilies';

const of = (emoji: string) =>
  familyOf(
    [...emoji].map(character => character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')).join('-'),
  );

test('variants of one emoji are a family', () => {
  const families = [
    '🧑‍⚕️ 👩‍⚕️ 👨‍⚕️ 👩🏽‍⚕️', // profession
    '🏃 🏃‍♀️ 🏃‍♂️ 🏃🏿‍♀️ 🏃‍➡️ 🏃‍♀️‍➡️', // activity, skin, facing
    '🧑 👩 👨 👩🏻 👩‍🦰 👨‍🦲 🧑‍🦱 👱 👱‍♀️ 🧔 🧔‍♂️', // hair
    '🧒 👦 👧',
    '🧓 👴 👵',
    '🫅 🤴 👸',
    '🎅 🤶 🧑‍🎄',
    '💃 🕺',
    '🤰 🫃 🫄',
    '🤱 👩‍🍼 🧑‍🍼',
    '🧜 🧜‍♀️ 🧜‍♂️',
    '👍 👍🏽',
  ].map(line => line.split(' '));
  for (const family of families) assert.equal(new Set(family.map(of)).size, 1, family.join(' '));
  assert.equal(new Set(families.map(([first]) => of(first!))).size, families.length);
});

test('what differs in more stays apart', () => {
  const apart = '🧑‍⚕️ 🧑‍🏫 🧑‍🚒 🏃 🚶 🧒 🧓 👶 ❤️ 💙 🕐 🕑 ⬅️ ➡️ ♀️ ♂️ 😀 😃 🐶 🐱 ❤️‍🔥'.split(' ');
  assert.equal(new Set(apart.map(of)).size, apart.length);
});
