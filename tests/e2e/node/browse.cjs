// node browse.cjs QUESTION ANSWER: looks at pages in Chromium.
// question: {chromium, visits: [{url, width, scheme, within, click}]} · answer, one per visit:
// {violations, needsReview, overflowing, scrollWidth, clientWidth, foreign, errors, images, landed?}
// images: for each image in `within`, {chosen, srcset, width, shown}: the chosen file, and the width that it is shown in
// within: a selector that axe-core keeps to; click: a selector; `landed` is the address of the page that the click led to, in the same tab or a new one.
const fs = require('node:fs');
const { LONGEST, answerWith, newPage, withChromium } = require('./chromium.cjs');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function open(browser, { url, width, scheme }) {
  const page = await newPage(browser);
  const foreign = [];
  const errors = [];
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.host !== new URL(url).host) foreign.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 800, isMobile: width < 768, deviceScaleFactor: 2 });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForNetworkIdle({ idleTime: 50 });
  return { page, foreign, errors };
}

function layout() {
  const { clientWidth, scrollWidth } = document.documentElement;
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  return { clientWidth, scrollWidth, overflowing: wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)) };
}

async function images(page, within) {
  await page.evaluate(() => [...document.images].forEach((image) => { image.loading = 'eager'; }));
  await page.waitForNetworkIdle({ idleTime: 50 });
  return page.evaluate((part) => [...document.querySelectorAll(`${part || 'body'} img`)].map(
    ({ currentSrc, srcset, naturalWidth, clientWidth }) => ({
      chosen: currentSrc, srcset, width: naturalWidth, shown: clientWidth,
    }),
  ), within);
}

async function axe(page, within) {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (part, tags) => window.axe.run(part || document, { runOnly: tags, resultTypes: ['violations', 'incomplete'] }),
    within,
    RULES,
  );
  const told = ({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length} in all) ${nodes[0].failureSummary}`;
  return { violations: found.violations.map(told), needsReview: found.incomplete.map(told) };
}

async function follow(browser, page, selector) {
  const arrived = new Promise((resolve) => {
    browser.on('targetchanged', (target) => {
      if (target.type() === 'page' && target.url().startsWith('http')) resolve(target.url());
    });
    browser.on('targetcreated', (target) => {
      if (target.type() === 'page' && target.url().startsWith('http')) resolve(target.url());
    });
  });
  await page.click(selector);
  const late = new Promise((resolve) => { setTimeout(() => resolve(''), LONGEST); });
  return Promise.race([arrived, late]);
}

async function visit(browser, wish) {
  const { page, foreign, errors } = await open(browser, wish);
  const seen = { ...(await page.evaluate(layout)), ...(await axe(page, wish.within)), images: await images(page, wish.within), foreign, errors };
  if (wish.click) seen.landed = await follow(browser, page, wish.click);
  await page.close();
  return seen;
}

answerWith(({ chromium, visits }) => withChromium(chromium, async (browser) => {
  const answers = [];
  for (const wish of visits) answers.push(await visit(browser, wish)); // one after the other: layouts must not share a processor
  return answers;
}));
