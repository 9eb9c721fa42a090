import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchOptions = () => ({
  executablePath: chromiumPath(),
  headless: true,
  args: FLAGS,
  // Users have the back-forward cache.
  ignoreDefaultArgs: ['--headless', '--headless=old', '--disable-back-forward-cache'],
});

/** A browser alone, for who has gateways. */
export function launchBrowser() {
  return chromium.launch(launchOptions());
}

export function chromiumPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  const path = process.env.CHROMIUM ?? found;
  if (!path) {
    throw new Error('No Chromium: install one, or name it in CHROMIUM');
  }
  return path;
}
