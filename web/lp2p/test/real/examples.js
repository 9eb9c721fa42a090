/**
 * The examples that the agent serves, each in two pages of two real agents.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { addresses, open } from './shared-browser.js';

const opened = [];

after(() => Promise.all(opened.map((page) => page.close())));

test('a message that is typed in one chat appears in the other, and is no markup', async () => {
  const { waiting, choosing } = await connect('chat');
  await choosing.fill('#text', 'Hello <b>there</b>');
  await choosing.press('#text', 'Enter');
  await waiting.waitForSelector('.theirs');
  await waiting.fill('#text', 'Hi');
  await waiting.click('form button');
  await choosing.waitForSelector('.theirs');
  assert.deepEqual(await waiting.locator('li').allTextContents(), ['Hello <b>there</b>', 'Hi']);
  assert.deepEqual(await choosing.locator('li').allTextContents(), ['Hello <b>there</b>', 'Hi']);
});

test('a file is saved on the other side, byte for byte', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'lp2p-examples-'));
  t.after(() => rm(folder, { recursive: true }));
  const bytes = randomBytes(5_000_000);
  await writeFile(join(folder, 'holiday.bin'), bytes);
  await writeFile(join(folder, 'empty.txt'), '');
  const { waiting, choosing } = await connect('file');

  const saving = waiting.waitForEvent('download');
  await choosing.setInputFiles('#files', join(folder, 'holiday.bin'));
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), 'holiday.bin');
  assert.equal(sha256(await readFile(await saved.path())), sha256(bytes));
  await choosing.waitForSelector('li:has-text("holiday.bin"):has-text("Sent")');

  await waiting.setInputFiles('#files', join(folder, 'empty.txt'));
  await choosing.waitForSelector('li:has-text("empty.txt"):has-text("Saved")');
});

test('the ball crosses to the other screen, and who misses it gives a point', async () => {
  const { waiting, choosing } = await connect('ball');
  await waiting.waitForSelector('text=The other side serves.');
  await moveTo(choosing, '#table', 0.88);
  await moveTo(waiting, '#table', 0.88); // Far from where the ball comes, seen from over there.
  await choosing.keyboard.press(' ');
  await waiting.waitForSelector('#ball:not(.away)');
  await waiting.waitForSelector('#score:text-is("0 : 1")');
  await choosing.waitForSelector('#score:text-is("1 : 0")');
  await waiting.waitForSelector('text=You serve');

  await choosing.reload();
  await choosing.waitForSelector('#score:text-is("1 : 0")');
});

test('the pad moves what is on the screen, by keys and by a pointer', async () => {
  const { waiting: screen, choosing: pad } = await connect('controller');
  const at = () => screen.locator('.player').evaluate(({ style }) => [style.left, style.top].map(parseFloat));
  const moved = (before, axis, sign) =>
    screen.waitForFunction(
      ({ before, axis, sign }) => {
        const { style } = document.querySelector('.player');
        return (parseFloat(axis === 0 ? style.left : style.top) - before[axis]) * sign > 3;
      },
      { before, axis, sign },
    );

  let before = await at();
  await pad.keyboard.down('ArrowRight');
  await moved(before, 0, 1);
  await pad.keyboard.up('ArrowRight');

  before = await at();
  await moveTo(pad, '#pad', 0.5);
  await pad.mouse.down();
  await moveTo(pad, '#pad', 0.5, 0.1);
  await moved(before, 1, -1);
  await pad.mouse.up();
});

for (const app of ['chat', 'file', 'ball', 'controller']) {
  test(`${app}: after a reload the page has its peer back, and each sees the other leave`, async () => {
    const { waiting, choosing } = await connect(app);
    await choosing.reload();
    await isNow(choosing, 'connected');
    await isNow(waiting, 'connected');

    await waiting.reload();
    await isNow(choosing, 'left');
    assert.match(await choosing.textContent('#say'), /has left/);
    await isNow(waiting, 'waiting');
    await choosing.click('#again');
    await isNow(choosing, 'connected');

    await choosing.close();
    await waiting.waitForSelector('text=has left');
  });
}

test('without an agent a page says what to do', async () => {
  const [tv] = addresses('examples/chat');
  const page = await open('about:blank');
  opened.push(page);
  await page.routeWebSocket(/lp2p$/, (socket) => socket.close());
  await page.goto(tv);
  await page.click('#wait');
  await page.waitForSelector('text=Start lp2p on this computer');
});

test('each example is listed', async () => {
  const [tv] = addresses('examples');
  const page = await open(tv);
  opened.push(page);
  for (const name of ['Chat', 'Send a file', 'Ball', 'Controller']) {
    await page.click(`a:has-text("${name}")`);
    assert.equal(await page.textContent('h1'), name);
    await page.goBack();
  }
});

/** Two pages of an example; the one that waits is the first device's. */
async function connect(app) {
  const [tv, phone] = addresses(`examples/${app}`);
  const [waiting, choosing] = await Promise.all([open(tv), open(phone)]);
  opened.push(waiting, choosing);
  await waiting.click('#wait');
  await isNow(waiting, 'waiting');
  await choosing.click('#choose');
  await Promise.all([isNow(choosing, 'connected'), isNow(waiting, 'connected')]);
  return { waiting, choosing };
}

const isNow = (page, state) => page.waitForSelector(`body[data-state=${state}]`);

/** Moves the pointer to a place in an element, in parts of its size. */
async function moveTo(page, element, x, y = 0.5) {
  const box = await page.locator(element).boundingBox();
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
