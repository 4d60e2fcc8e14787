// A problem that the user can mend: one line that names it and its remedy. Anything else is a
// defect and keeps its stack.

export class Failure extends Error {
  /** @param {string} problem What is wrong. @param {string} remedy What to do about it. */
  constructor(problem, remedy) {
    super(`${problem}: ${remedy}`);
    this.name = 'Failure';
  }
}

/**
 * The system's name for an error: 'ENOENT' …; undefined when it has none.
 * @param {unknown} error
 */
export const codeOf = error => (error instanceof Error && 'code' in error ? error.code : undefined);

const again = 'then run the command again; what is done is kept';

/**
 * What installers print when it is not their fault, and what to say instead: problem and remedy.
 * The first that fits wins.
 *
 * @type {[pattern: RegExp, say: (match: string[]) => [problem: string, remedy: string]][]}
 */
const known = [
  [
    /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i,
    () => [
      'no disk space left',
      'free some (the whole set-up takes about 4 GB, 12 with CUDA; temporary files lie in ' +
        `${process.env.TMPDIR ?? '/tmp'}), ${again}`,
    ],
  ],
  [
    /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT\w*)|CERTIFICATE_VERIFY_FAILED/,
    ([text]) => [
      `the registry's certificate is not trusted (${text})`,
      `name your network's certificate in NODE_EXTRA_CA_CERTS and PIP_CERT, ${again}`,
    ],
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|name resolution|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|Network is unreachable|ProxyError|Connection broken/,
    ([text]) => [`no network (${text})`, `check the connection or the proxy (HTTPS_PROXY), ${again}`],
  ],
  [
    /EACCES|EPERM|EROFS|Permission denied|Read-only file system/,
    ([text]) => [`no permission to write (${text})`, `give yourself the project's folder, ${again}`],
  ],
  [
    /can only install packages when your package\.json and package-lock\.json/,
    () => ['package-lock.json does not fit package.json', 'run `npm install`, then the command again'],
  ],
  [
    /No matching distribution found for (\S+)/,
    ([, name]) => [
      `PyPI has no ${name} for this Python and machine`,
      'name another Python from 3.10 to 3.13 in SSL_PYTHON, then run the command again',
    ],
  ],
  [
    /Illegal instruction|SIGILL/,
    () => [
      'this processor lacks the AVX instructions that TensorFlow is built for',
      'use a machine with AVX (any x64 of the last ten years, or arm64)',
    ],
  ],
  [
    /Killed|SIGKILL|Cannot allocate memory|out of memory|ENOMEM/,
    ([text]) => [`the system ended it (${text}), usually for memory`, `close other programs, ${again}`],
  ],
];

/**
 * The failure of a step whose program printed `output`: known causes get their remedy, others the
 * line that says why.
 *
 * @param {string} title
 * @param {string} output
 * @param {string} log Where all of it lies.
 */
export function explain(title, output, log) {
  const said = output
    .split('\n')
    .filter(line => !ofTensorFlowsLog.test(line))
    .join('\n');
  for (const [pattern, say] of known) {
    const match = said.match(pattern);
    if (match) {
      const [problem, remedy] = say(match);
      return new Failure(`${title}: ${problem}`, `${remedy} (log: ${log})`);
    }
  }
  return new Failure(`${title} failed`, `${reason(output)} (log: ${log})`);
}

/**
 * What TensorFlow logs while it works: a warning that a GPU is missing, say. Only its fatal lines
 * (F) end a process.
 */
const ofTensorFlowsLog = /^(\d{4}-\d\d-\d\d [\d:.]+: [IWE] |[IWE]\d{4} \d\d:\d\d:)/;

/**
 * The line of a failed program's output that says why: the last error that has a name, else the
 * last line that speaks of one, else the last.
 * @param {string} output
 */
export function reason(output) {
  const all = output
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const lines = all.filter(line => !ofTensorFlowsLog.test(line) && !/^at .*[):\d]$/.test(line));
  const telling =
    lines.findLast(line => /^([\w.]*(Error|Exception)( \[\w+\])?|Failure): /.test(line)) ??
    lines.findLast(line => /error|fatal|not found|cannot|failed/i.test(line)) ??
    lines.at(-1) ??
    all.at(-1) ??
    'ended without a word';
  return telling.slice(0, 300);
}
