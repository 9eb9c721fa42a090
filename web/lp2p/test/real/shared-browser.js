import { after } from 'node:test';
import { launchBrowser } from '../chromium.js';

/** One for all tests with real agents. */
export const browser = await launchBrowser();

after(() => browser.close());

/** A page with a profile of its own, as if on another device. */
export async function open(address) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.stack}`));
  page.on('console', (message) => console.error(`page: ${message.text()}`));
  await page.goto(address);
  return page;
}

/** Where the gateways of two devices serve an app. @param {string} app */
export function addresses(app) {
  return (process.env.LP2P_GATEWAYS ?? '').split(',').map((port) => `http://127.0.0.1:${port}/${app}/`);
}
