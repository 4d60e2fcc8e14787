// Points of a circle from additions and multiplications alone. Math.sin may differ in its last digit
// from one JavaScript engine to another; these do not, so a scene has the same pixels everywhere.

/** Coefficients of the cosine and the sine of 2π · x as series in x², for |x| ≤ 1/8. */
const τ = 6.283185307179586;
const [cosines, sines] = [0, 1].map(first => {
  const series = [first === 0 ? 1 : τ];
  for (let n = first + 2; n < first + 22; n += 2) series.push((-series.at(-1)! * τ * τ) / (n * (n - 1)));
  return series.reverse();
}) as [number[], number[]];

const sum = (series: number[], square: number) => series.reduce((value, term) => value * square + term, 0);

/**
 * The point at a share of a full turn, counted from [1, 0] toward [0, 1]: cosine and sine of
 * 2π · `turns`, to about 1e-15.
 */
export function circle(turns: number): [cosine: number, sine: number] {
  const whole = turns - Math.floor(turns);
  const quarter = Math.floor(whole * 4 + 0.5);
  const rest = whole - quarter / 4; // from −1/8 to 1/8
  const [c, s] = [sum(cosines, rest * rest), rest * sum(sines, rest * rest)];
  switch (quarter & 3) {
    case 0:
      return [c, s];
    case 1:
      return [-s, c];
    case 2:
      return [-c, -s];
    default:
      return [s, -c];
  }
}
