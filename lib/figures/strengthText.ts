// Strengths of the color jitter as the paper writes them.

/** "1/8" for 0.125; a whole number or another value as it is. */
export function strengthText(strength: number): string {
  const parts = 1 / strength;
  return strength > 0 && strength < 1 && Number.isInteger(parts) ? `1/${parts}` : String(strength);
}
