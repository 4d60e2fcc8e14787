// One line that says what was expected, what came, and what to do.

/**
 * @param caller Public function whose argument it is: stands first in the message.
 * @param message "expected …, got …", then the remedy where there is one.
 * @throws RangeError "caller: message" unless the condition holds.
 */
export function check(condition: boolean, caller: string, message: string): asserts condition {
  if (!condition) throw new RangeError(`${caller}: ${message}`);
}

/**
 * @param caller As for {@link check}.
 * @param name Of the argument or option.
 * @param from The least that it may be.
 * @throws RangeError "caller: expected name a whole number from 1, got value" unless it is one.
 */
export function whole(caller: string, name: string, value: number, from = 1): void {
  check(Number.isInteger(value) && value >= from, caller, `expected ${name} a whole number from ${from}, got ${value}`);
}
