// What set-up prints: a line when a step starts, one when it ends, and on a terminal a line below
// them that counts the seconds.

/** "793 MB", "1.8 GB". @param {number} bytes */
export const bytesText = bytes => (bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** "0.4 s", "24 s", "3 min 05 s". @param {number} seconds */
export function secondsText(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * @typedef {Pick<import('./make.mjs').Step, 'title'>} Titled
 * @typedef {ReturnType<typeof progress>} Progress
 *
 * @param {{isTTY?: boolean, columns?: number, write(text: string): unknown}} [out] A stream such as
 * process.stdout.
 */
export function progress(out = process.stdout) {
  /** @type {Map<Titled, {since: number, text: string}>} */
  const running = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const clear = () => out.isTTY && out.write('\r\x1b[K');
  /** @param {string} line */
  const print = line => {
    clear();
    out.write(`${line}\n`);
    status();
  };
  const status = () => {
    if (!out.isTTY || running.size === 0) return;
    const parts = [...running].map(
      ([step, {since, text}]) =>
        `${step.title} ` +
        `${secondsText((performance.now() - since) / 1000).replace(/\.\d/, '')}${text ? ` (${text})` : ''}`,
    );
    out.write(`\r\x1b[K${`… ${parts.join(' · ')}`.slice(0, (out.columns ?? 80) - 1)}`);
  };
  return {
    print,
    /** @param {Titled} step */
    start(step) {
      running.set(step, {since: performance.now(), text: ''});
      timer ??= setInterval(status, 1000).unref();
      print(`  ${step.title} …`);
    },
    /** @param {Titled} step @param {string} text */
    say(step, text) {
      running.set(step, {since: running.get(step)?.since ?? performance.now(), text});
      if (out.isTTY) status();
      else print(`    ${step.title}: ${text}`);
    },
    /** @param {Titled} step @param {number} seconds @param {string} result */
    end(step, seconds, result) {
      running.delete(step);
      print(`✓ ${step.title.padEnd(22)} ${secondsText(seconds).padStart(11)}   ${result}`);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      clear();
    },
  };
}
