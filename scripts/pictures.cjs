// node pictures.cjs QUESTION ANSWER: takes pictures of pages, or of parts of them.
// question: {chromium, pictures: [{html | url, scheme, width, height, part, pause, file}]} · answer: [bytes]
// part: a selector, for a picture of one element. height: of the picture, at most; 0 for the whole page.
// pause: milliseconds for what moves to come to rest; a page that keeps a connection open needs some.
// A picture of an address with #id begins a little above that element.
// Images from other places are answered with a drawn one: pictures ask nobody for anything.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675"><rect width="1200" height="675" fill="#7c93ab"/>'
  + '<path d="M0 675 380 260 620 500 860 320 1200 600V675Z" fill="#4d6580"/><circle cx="930" cy="150" r="70" fill="#e7edf3"/></svg>';
const NEAR = ['127.0.0.1', 'localhost'];

function answer(request) {
  const { protocol, hostname } = new URL(request.url());
  if (!protocol.startsWith('http') || NEAR.includes(hostname)) return request.continue();
  return request.resourceType() === 'image' ? request.respond({ contentType: 'image/svg+xml', body: PICTURE }) : request.abort();
}

async function place(page, part, width, most) {
  if (part) {
    const { y, height } = await (await page.$(part)).boundingBox();
    return { x: 0, y: Math.max(0, y - 8), width, height: height + 16 };
  }
  const at = decodeURIComponent(new URL(page.url()).hash.slice(1));
  if (at) {
    const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top + window.scrollY, at);
    return { x: 0, y: Math.max(0, top - 20), width, height: most };
  }
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  return { x: 0, y: 0, width, height: most ? Math.min(most, whole) : whole };
}

async function take(browser, { html, url, scheme, width, height, part, pause, file }) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', answer);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 800, deviceScaleFactor: 1 });
  if (url) await page.goto(url, { waitUntil: pause ? 'load' : 'networkidle0' });
  else await page.setContent(html, { waitUntil: 'load' });
  if (pause) await new Promise((resolve) => { setTimeout(resolve, pause); });
  await page.screenshot({ path: file, captureBeyondViewport: true, clip: await place(page, part, width, height) });
  await page.close();
  return fs.statSync(file).size;
}

async function main() {
  const [asked, answered] = process.argv.slice(2);
  const { chromium, pictures } = JSON.parse(fs.readFileSync(asked, 'utf8'));
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', '--hide-scrollbars', '--disable-lcd-text'];
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, userDataDir: profile, args: flags });
  try {
    const sizes = [];
    for (const picture of pictures) sizes.push(await take(browser, picture));
    fs.writeFileSync(answered, JSON.stringify(sizes));
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
