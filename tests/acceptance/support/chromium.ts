import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];

/** WebGL without a graphics card, drawn by the processor. */
const softwareWebGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

interface ChromiumOptions {
  readonly webGl?: boolean;
  /** Runs Chromium within another network. */
  readonly network?: { launcherOf(program: string): Promise<string> };
  readonly ignoresCertificates?: boolean;
  /** A name that is this machine. */
  readonly localName?: string;
}

/** The system's Chromium, or the one that CHROMIUM_PATH names. */
export async function launchChromium({
  webGl = false,
  network,
  ignoresCertificates = false,
  localName,
}: ChromiumOptions = {}): Promise<Browser> {
  const path = chromiumPath();
  return chromium.launch({
    executablePath: network === undefined ? path : await network.launcherOf(path),
    args: [
      '--no-sandbox',
      ...(webGl ? softwareWebGl : ['--disable-gpu']),
      ...(ignoresCertificates ? ['--ignore-certificate-errors'] : []),
      ...(localName === undefined ? [] : [`--host-resolver-rules=MAP ${localName} 127.0.0.1`]),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

function chromiumPath(): string {
  const found = [process.env['CHROMIUM_PATH'], ...places].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium. Install it (Debian and Ubuntu: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}
