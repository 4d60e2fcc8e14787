// Which emoji are variants of one another: woman, man and person; skin, hair and facing.

/** An emoji as the Unicode list has it. */
export interface Emoji {
  character: string;
  /** Hexadecimal, joined by dashes, in upper case: '1F469-200D-2695-FE0F'. */
  codePoints: string;
  /** English name of the Unicode CLDR: 'woman health worker'. */
  name: string;
  category: string;
  subcategory: string;
}

// Unicode builds most variants out of parts joined by 200D. These parts only vary what a person
// looks like, or say nothing:
const modifiers = new Set([
  '200D',
  'FE0F', // joiner, "as a picture"
  '2640',
  '2642',
  '27A1', // female, male, facing right
  '1F3FB',
  '1F3FC',
  '1F3FD',
  '1F3FE',
  '1F3FF', // skin
  '1F9B0',
  '1F9B1',
  '1F9B2',
  '1F9B3', // red, curly, no, white hair
]);
// … these stand for a person,
const persons: Record<string, string> = {'1F468': '1F9D1', '1F469': '1F9D1'}; // man, woman
// … and these, older than the scheme, have code points of their own.
const variants: Record<string, string> = {
  '1F471': '1F9D1',
  '1F9D4': '1F9D1', // blond hair, beard: person
  '1F466': '1F9D2',
  '1F467': '1F9D2', // boy, girl: child
  '1F474': '1F9D3',
  '1F475': '1F9D3', // old man, old woman: older person
  '1F934': '1FAC5',
  '1F478': '1FAC5', // prince, princess: person with crown
  '1F385': '1F9D1-1F384',
  '1F936': '1F9D1-1F384', // Santa Claus, Mrs. Claus: Mx Claus
  '1F57A': '1F483', // man dancing: woman dancing
  '1F930': '1FAC4',
  '1FAC3': '1FAC4', // pregnant woman, pregnant man: pregnant person
  '1F931': '1F9D1-1F37C', // breast-feeding: person feeding baby
};

/**
 * Name of the family: the code points without what tells variants of one emoji apart. Emoji that
 * differ in color, hour or direction (hearts, clocks, arrows) are not variants here: they are the
 * members of their class.
 */
export function familyOf(codePoints: string): string {
  const [base, ...rest] = codePoints.split('-');
  const family = [base!, ...rest.filter(code => !modifiers.has(code))].map(code => persons[code] ?? code).join('-');
  return variants[family] ?? family;
}
