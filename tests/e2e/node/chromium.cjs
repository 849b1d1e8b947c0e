// What the scripts here have in common: a question out of one file, an answer into another, and a Chromium that asks nobody for anything by itself.
// Patience is long because it is for what hangs, not for what is slow: the tests share the machine with others.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const LONGEST = 300000;
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage', '--disable-extensions', '--mute-audio',
];

/** Run `work` with a browser of a new profile. */
async function withChromium(executablePath, work, flags = []) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  const browser = await puppeteer.launch({
    executablePath, headless: true, userDataDir: profile, args: [...FLAGS, ...flags], timeout: LONGEST, protocolTimeout: LONGEST,
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page that waits as long for each of its steps. */
async function newPage(browser) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LONGEST);
  return page;
}

/** Answer the question of the command line. */
function answerWith(work) {
  const [asked, answered] = process.argv.slice(2);
  work(JSON.parse(fs.readFileSync(asked, 'utf8'))).then((answer) => {
    fs.writeFileSync(answered, JSON.stringify(answer));
    process.exit(0);
  }, (error) => {
    console.error(error);
    process.exit(1);
  });
}

module.exports = { LONGEST, answerWith, newPage, withChromium };
