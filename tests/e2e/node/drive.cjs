// node drive.cjs QUESTION ANSWER: uses pages in Chromium as a person would, step by step.
// question: {chromium, flags, steps: [[verb, page, …]]} · answer: what each step returned (null for most)
// open PAGE URL WIDTH SCHEME · run PAGE JS · until PAGE JS · frame PAGE JS · untilFrame PAGE JS · click PAGE SELECTOR · enterFrame PAGE SELECTOR
// latency PAGE PATH TEXTS FRAMED
// press PAGE KEY · type PAGE SELECTOR TEXT · write PAGE PATH TEXT · axe PAGE · picture PAGE PATH · front PAGE
const fs = require('node:fs');
const { LONGEST, answerWith, newPage, withChromium } = require('./chromium.cjs');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const pages = new Map();
const errors = [];

// The frame that is shown: the other one waits for the next picture.
async function shown(page) {
  const handle = await page.waitForSelector('iframe:not(.waiting)');
  return handle.contentFrame();
}

async function untilTrue(look, what) {
  const end = Date.now() + LONGEST;
  for (;;) {
    let last;
    try {
      const found = await look();
      if (found) return found;
    } catch (error) { last = error; } // a frame that is being replaced
    if (Date.now() > end) throw new Error(`waited too long for ${what}: ${last || ''}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

const verbs = {
  async open(browser, name, url, width, scheme) {
    const page = await newPage(browser);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('dialog', (dialog) => { errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme || 'light' }]);
    await page.setViewport({ width: width || 1280, height: 800 });
    const answer = await page.goto(url, { waitUntil: 'load' });
    pages.set(name, page);
    return answer?.status() ?? null; // none where a refresh was faster
  },
  run: (browser, name, code) => pages.get(name).evaluate(code),
  until: (browser, name, code) => untilTrue(() => pages.get(name).evaluate(code), code),
  frame: async (browser, name, code) => (await shown(pages.get(name))).evaluate(code),
  untilFrame: (browser, name, code) => untilTrue(async () => (await shown(pages.get(name))).evaluate(code), code),
  async click(browser, name, selector) {
    const handle = await pages.get(name).waitForSelector(selector, { visible: true });
    await handle.click();
  },
  // By the keyboard: the frame may be scaled.
  async enterFrame(browser, name, selector) {
    const page = pages.get(name);
    await (await (await shown(page)).$(selector)).focus();
    await page.keyboard.press('Enter');
  },
  press: (browser, name, key) => pages.get(name).keyboard.press(key),
  type: (browser, name, selector, text) => pages.get(name).type(selector, text),
  write: (browser, name, file, text) => { fs.writeFileSync(file, text); },
  async axe(browser, name) {
    const page = pages.get(name);
    await page.evaluate(AXE.replace('"use strict"', ''));
    const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, iframes: false, resultTypes: ['violations'] }), RULES);
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  },
  front: (browser, name) => pages.get(name).bringToFront(),
  where: (browser, name) => pages.get(name).url(),
  picture: async (browser, name, file) => { await pages.get(name).screenshot({ path: file }); },
  // Milliseconds from each write of a file until the preview has loaded its frame, or another page itself.
  async latency(browser, name, file, texts, framed) {
    const page = pages.get(name);
    const found = [];
    for (const text of texts) {
      const seen = framed
        ? page.evaluate(() => new Promise((done) => {
          new MutationObserver(() => done()).observe(document.getElementById('device'), { attributeFilter: ['data-version'] });
        }))
        : new Promise((done) => { page.once('load', done); });
      await new Promise((done) => { setTimeout(done, 400 + Math.random() * 100); }); // a person pauses, too
      const start = performance.now();
      fs.writeFileSync(file, text);
      await Promise.race([seen, new Promise((_, fail) => { setTimeout(() => fail(new Error(`${text.length} characters were not shown`)), LONGEST).unref(); })]);
      found.push(performance.now() - start);
    }
    return found;
  },
  errors: () => errors,
};

answerWith(({ chromium, flags, steps }) => withChromium(chromium, async (browser) => {
  const answers = [];
  for (const [verb, ...rest] of steps) answers.push((await verbs[verb](browser, ...rest)) ?? null);
  return answers;
}, flags));
