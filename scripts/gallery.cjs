// node gallery.cjs QUESTION ANSWER: takes pictures of parts of pages.
// question: {chromium, width, pictures: [{html, scheme, part, file}]} · answer: [bytes]
// Images are answered with a drawn one: a gallery asks nobody for anything.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675"><rect width="1200" height="675" fill="#7c93ab"/>'
  + '<path d="M0 675 380 260 620 500 860 320 1200 600V675Z" fill="#4d6580"/><circle cx="930" cy="150" r="70" fill="#e7edf3"/></svg>';

async function take(browser, width, { html, scheme, part, file }) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => (request.url().startsWith('http') ? request.respond({ contentType: 'image/svg+xml', body: PICTURE }) : request.continue()));
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 800, deviceScaleFactor: 1 });
  await page.setContent(html, { waitUntil: 'load' });
  const { y, height } = await (await page.$(part)).boundingBox();
  await page.screenshot({ path: file, captureBeyondViewport: true, clip: { x: 0, y: Math.max(0, y - 8), width, height: height + 16 } });
  await page.close();
  return fs.statSync(file).size;
}

async function main() {
  const [asked, answered] = process.argv.slice(2);
  const { chromium, width, pictures } = JSON.parse(fs.readFileSync(asked, 'utf8'));
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', '--hide-scrollbars', '--disable-lcd-text'];
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, userDataDir: profile, args: flags });
  try {
    const sizes = [];
    for (const picture of pictures) sizes.push(await take(browser, width, picture));
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
