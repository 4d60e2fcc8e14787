// One line that says what was expected, what came, and what to do.

/**
 * @param caller Public function whose argument it is: stands first in the message.
 * @param message "expected …, got …", then the remedy where there is one.
 * @throws RangeError "caller: message" unless the condition holds.
 */
export function check(condition: boolean, caller: string, message: string): asserts condition {
  if (!condition) throw new RangeError(`${caller}: ${message}`);
}
