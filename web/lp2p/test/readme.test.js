import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from './limited.js';
import { openPage, stage } from './browser.js';

test('the page in the README of the project, as it stands there, waits on one device and says hello from another', async (t) => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, body] = /```html\n(.*?)```/s.exec(readme) ?? assert.fail('There is none');
  const url = stage.gateway.document('/readme.html', body);
  const hello = stage.gateway.nextPage();
  const waiting = await openPage(t, stage, url);
  await waiting.getByText('Wait').click();
  await (await hello).hears('receiver.start');
  const choosing = await openPage(t, stage, url);
  await choosing.getByText('Choose a device').click();
  await waiting.getByText('Hello there').waitFor();
});
