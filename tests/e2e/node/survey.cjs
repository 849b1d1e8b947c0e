// node survey.cjs QUESTION ANSWER: looks at pages full of widgets in Chromium, each at several widths without loading it again.
// question: {chromium, hands, visits: [{url, schemes, widths, within, button, structure, paper}]} · answer, one list per visit, one look per width and scheme:
// {width, scheme, violations, sideways, small, collisions, glued, pale, foreign, errors}
// schemes: those of each width
// structure: whether the first look asks axe-core everything; the others ask what depends on the width, and the outermost widths what depends on
// colours.
// paper: whether words must be dark in print, too
// within: the element that axe-core keeps to ('' = the page); button: the least height of a quiz button; widgets are the elements with data-widget.
// Images from elsewhere are answered with a drawn one; anything else that a page asks of another host is refused and told.
const fs = require('node:fs');
const { answerWith, newPage, withChromium } = require('./chromium.cjs');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const BY_WIDTH = ['scrollable-region-focusable', 'target-size'];
const BY_SCHEME = ['color-contrast', 'link-in-text-block'];
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><rect width="1200" height="675" fill="#789"/></svg>';

/** A page that keeps what the visit in `current` asks of other hosts, and its errors. */
async function guarded(browser, current) {
  const page = await newPage(browser);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (!asked.protocol.startsWith('http') || asked.host === current.host) return request.continue();
    if (request.resourceType() === 'image') return request.respond({ contentType: 'image/svg+xml', body: PICTURE });
    current.foreign.push(request.url());
    return request.abort();
  });
  page.on('pageerror', (error) => current.errors.push(String(error)));
  return page;
}

/** What a page of some width looks like: what sticks out, what is too small to hit, whose words lie on top of each other. */
function measure(button) {
  const BLOCKS = 'p,li,dt,dd,td,th,caption,figcaption,summary,h1,h2,h3,h4,pre,blockquote';
  const owner = (element) => element.closest('[data-widget]')?.dataset.widget || 'the page';
  const told = (element) => `${owner(element)}: ${element.outerHTML.slice(0, 120)}`;
  const { clientWidth, scrollWidth } = document.documentElement;
  const kept = (element) => element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || kept(element.parentElement));
  const out = ({ left, right }) => right > clientWidth + 1 || left < -1;
  const wide = [...document.querySelectorAll('body *')].filter((element) => out(element.getBoundingClientRect()) && !kept(element.parentElement));
  const height = (target) => Math.round(target.getBoundingClientRect().height);
  const least = (target) => {
    if (owner(target) === 'quiz-button') return button;
    return target.tagName === 'A' ? 0 : 24; // links among words are axe-core's affair: https://www.w3.org/TR/WCAG22/#target-size-minimum
  };
  const targets = [...document.querySelectorAll('[data-widget] :is(a[href],button,summary)')].filter((target) => height(target));
  const small = targets.filter((target) => height(target) < least(target)).map((target) => `${height(target)} px: ${told(target)}`);
  const collisions = [...document.querySelectorAll('[data-widget]')].flatMap((widget) => {
    const blocks = [...widget.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS) && block.textContent.trim() && block.checkVisibility({ contentVisibilityAuto: true }));
    const boxes = blocks.map((block) => {
      const range = document.createRange();
      range.selectNodeContents(block);
      return [block, range.getBoundingClientRect(), range];
    });
    const meet = (one, two) => Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1
      && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 4; // type reaches beyond its line by a little
    // Words flow around what floats: their lines are apart where the boxes around all of them are not.
    const lines = (one, two) => [...one.getClientRects()].some((line) => [...two.getClientRects()].some((other) => meet(line, other)));
    return boxes.flatMap(([block, box, words], number) => boxes.slice(number + 1)
      .filter(([, other, others]) => meet(box, other) && lines(words, others)).map(([other]) => `${told(block)} meets ${other.outerHTML.slice(0, 120)}`));
  });
  return { sideways: scrollWidth > clientWidth ? wide.slice(0, 3).map(told).concat(`${scrollWidth} px`) : [], small, collisions };
}

/** Words that run into each other, or change their order, once all styles are gone. */
function withoutStyles() {
  const words = () => [...document.querySelectorAll('[data-widget]')].map((widget) => [widget.dataset.widget, widget.innerText.toLowerCase().split(/\s+/)]);
  const closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach((details) => { details.open = true; });
  const before = words();
  const styled = [...document.querySelectorAll('[style]')].map((element) => [element, element.getAttribute('style')]);
  const sheets = [...document.querySelectorAll('style')];
  styled.forEach(([element]) => element.removeAttribute('style'));
  sheets.forEach((sheet) => { sheet.disabled = true; });
  const after = words();
  styled.forEach(([element, style]) => element.setAttribute('style', style));
  sheets.forEach((sheet) => { sheet.disabled = false; });
  closed.forEach((details) => { details.open = false; });
  return before.flatMap(([widget, styledWords], number) => {
    const bare = after[number][1];
    const place = styledWords.findIndex((word, index) => word !== bare[index]);
    const near = (list) => list.slice(Math.max(place - 2, 0), place + 4).join(' ');
    return place < 0 && bare.length === styledWords.length ? [] : [`${widget}: "${near(bare)}" for "${near(styledWords)}"`];
  });
}

/** Words that fade on paper, where backgrounds are not printed. */
function pale() {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => (colour.startsWith('color(') ? Number(part) : part / 255));
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const spoken = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll('[data-widget] *')].filter(spoken).flatMap((element) => {
    const { color, fontSize, printColorAdjust } = getComputedStyle(element);
    if (fontSize === '0px' || printColorAdjust === 'exact' || 1.05 / (light(color) + 0.05) >= 3) return [];
    return [`${element.closest('[data-widget]').dataset.widget}: ${color}: ${element.outerHTML.slice(0, 120)}`];
  });
}

/** No text here is an icon. Axe-core draws texts to find out, all those of a script with ligatures, such as Hindi's, which it takes for icons. */
function withoutIcons() {
  Object.assign(CanvasRenderingContext2D.prototype, {
    fillText() {}, measureText: () => ({ width: 30 }), getImageData: () => ({ data: Uint32Array.of(1) }),
  });
}

async function axe(page, within, rules) {
  const found = await page.evaluate(
    (part, tags) => window.axe.run(part || document, {
      runOnly: tags, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], elementRef: false,
    }),
    within,
    rules,
  );
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

async function visit(page, seen, { schemes, widths, within, button, structure, paper, url }) {
  const dress = (scheme) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await dress(schemes[0][0]);
  const size = (width) => page.setViewport({ width, height: 800, isMobile: true, deviceScaleFactor: 1 });
  await size(widths[0]);
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(AXE);
  await page.evaluate(withoutIcons);
  const looks = [];
  for (const [number, width] of widths.entries()) {
    await size(width);
    const measured = await page.evaluate(measure, button);
    const outer = number === 0 || number === widths.length - 1;
    for (const scheme of schemes[number]) {
      await dress(scheme);
      const asked = [...(scheme === schemes[number][0] ? BY_WIDTH : []), ...(outer ? BY_SCHEME : [])];
      const rules = looks.length || !structure ? { type: 'rule', values: asked } : { type: 'tag', values: TAGS };
      looks.push({ width, scheme, ...measured, glued: [], pale: [], violations: asked.length ? await axe(page, within, rules) : [], ...seen });
    }
  }
  looks[0].glued = await page.evaluate(withoutStyles);
  if (paper) {
    await dress('light');
    await page.emulateMediaType('print');
    looks[0].pale = await page.evaluate(pale);
    await page.emulateMediaType();
  }
  return looks;
}

/** One browser that takes the next visit as long as there is one, in one tab: a new one takes as long as a look. */
function hand(chromium, visits, queue, answers) {
  return withChromium(chromium, async (browser) => {
    const current = {};
    const page = await guarded(browser, current);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const seen = { foreign: [], errors: [] };
      Object.assign(current, seen, { host: new URL(visits[next].url).host });
      answers[next] = await visit(page, seen, visits[next]);
    }
  });
}

answerWith(async ({ chromium, hands, visits }) => {
  const answers = [];
  const queue = [...visits.keys()];
  await Promise.all(Array.from({ length: hands }, () => hand(chromium, visits, queue, answers)));
  return answers;
});
