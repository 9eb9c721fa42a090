/**
 * The examples that the agent serves, each in two pages of two real agents.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addresses, open } from './shared-browser.js';

// They wait for most of their time: for the network, and for balls.
describe('the examples', { concurrency: true }, () => {
  describe('chat', { concurrency: 1 }, () => {
    const pages = usePages('chat');

    test('a message that is typed on one side appears on the other, and is no markup', async () => {
      const { waiting, choosing } = pages;
      await choosing.fill('#text', 'Hello <b>there</b>');
      await choosing.press('#text', 'Enter');
      await waiting.waitForSelector('.theirs');
      await waiting.fill('#text', 'Hi');
      await waiting.click('form button');
      await choosing.waitForSelector('.theirs');
      assert.deepEqual(await waiting.locator('li').allTextContents(), ['Hello <b>there</b>', 'Hi']);
      assert.deepEqual(await choosing.locator('li').allTextContents(), ['Hello <b>there</b>', 'Hi']);
    });

    itKeepsItsPeer(pages);
  });

  describe('file', { concurrency: 1 }, () => {
    const pages = usePages('file');

    test('a file is saved on the other side, byte for byte', async (t) => {
      const { waiting, choosing } = pages;
      const folder = await mkdtemp(join(tmpdir(), 'lp2p-examples-'));
      t.after(() => rm(folder, { recursive: true }));
      const bytes = randomBytes(5_000_000);
      await writeFile(join(folder, 'holiday.bin'), bytes);
      await writeFile(join(folder, 'empty.txt'), '');

      const saving = waiting.waitForEvent('download');
      await choosing.setInputFiles('#files', join(folder, 'holiday.bin'));
      const saved = await saving;
      assert.equal(saved.suggestedFilename(), 'holiday.bin');
      assert.equal(sha256(await readFile(await saved.path())), sha256(bytes));
      await choosing.waitForSelector('li:has-text("holiday.bin"):has-text("Sent")');

      await waiting.setInputFiles('#files', join(folder, 'empty.txt'));
      await choosing.waitForSelector('li:has-text("empty.txt"):has-text("Saved")');
    });

    itKeepsItsPeer(pages);
  });

  describe('ball', { concurrency: 1 }, () => {
    const pages = usePages('ball');

    test('the ball crosses to the other screen, who misses it gives a point, and points outlive a reload', async () => {
      const { waiting, choosing } = pages;
      await waiting.waitForSelector('text=The other side serves.');
      await moveTo(choosing, '#table', 0.88);
      await moveTo(waiting, '#table', 0.88); // Far from where the ball comes, seen from over there.
      await choosing.evaluate(() => void (Math.random = () => 0.5)); // Straight ahead.
      await choosing.keyboard.press(' ');
      await waiting.waitForSelector('#ball:not(.away)');
      await waiting.waitForSelector('#score:text-is("0 : 1")');
      await choosing.waitForSelector('#score:text-is("1 : 0")');
      await waiting.waitForSelector('text=You serve');

      await choosing.reload();
      await choosing.waitForSelector('#score:text-is("1 : 0")');
    });

    itKeepsItsPeer(pages);
  });

  describe('controller', { concurrency: 1 }, () => {
    const pages = usePages('controller');

    test('the pad moves what is on the screen, by keys and by a pointer', async () => {
      const { waiting: screen, choosing: pad } = pages;
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

    itKeepsItsPeer(pages);
  });

  test('without an agent a page says what to do', async (t) => {
    const [tv] = addresses('examples/chat');
    const page = await open('about:blank');
    t.after(() => page.close());
    await page.routeWebSocket(/lp2p$/, (socket) => socket.close());
    await page.goto(tv);
    await page.click('#wait');
    await page.waitForSelector('text=Start lp2p on this computer');
  });

  test('each example is listed', async (t) => {
    const [tv] = addresses('examples');
    const page = await open(tv);
    t.after(() => page.close());
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.deepEqual(links, ['chat/', 'file/', 'ball/', 'controller/']);
  });
});

/** Two connected pages of an example for the tests of a suite; the one that waited is the first device's. */
function usePages(app) {
  const pages = {};
  before(async () => {
    const [tv, phone] = addresses(`examples/${app}`);
    const [waiting, choosing] = await Promise.all([open(tv), open(phone)]);
    Object.assign(pages, { waiting, choosing });
    await waiting.click('#wait');
    await isNow(waiting, 'waiting');
    await choosing.click('#choose');
    await Promise.all([isNow(choosing, 'connected'), isNow(waiting, 'connected')]);
  });
  after(() => Promise.all([pages.waiting?.close(), pages.choosing?.close()]));
  return pages;
}

/** Tests that every example passes. */
function itKeepsItsPeer(pages) {
  test('after a reload of either page both have their peer back by one call', async () => {
    const { waiting, choosing } = pages;
    await choosing.reload();
    await Promise.all([isNow(choosing, 'connected'), isNow(waiting, 'connected')]);

    await waiting.reload();
    await isNow(choosing, 'left');
    await isNow(waiting, 'waiting');
    await choosing.click('#again');
    await Promise.all([isNow(choosing, 'connected'), isNow(waiting, 'connected')]);
  });

  test('a page says that the other side has left', async () => {
    const { waiting, choosing } = pages;
    await choosing.close();
    await waiting.waitForSelector('text=has left');
  });
}

const isNow = (page, state) => page.waitForSelector(`body[data-state=${state}]`);

/** Moves the pointer to a place in an element, in parts of its size. */
async function moveTo(page, element, x, y = 0.5) {
  const box = await page.locator(element).boundingBox();
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
