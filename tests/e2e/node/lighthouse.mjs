// node lighthouse.mjs QUESTION ANSWER: Lighthouse on a phone.
// question: {chromium, modules, urls} · answer, one per address: {scores: {category: 0..1}, failed: [`category: audit`], requests: [url], bytes}
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [asked, answered] = process.argv.slice(2);
const { chromium, modules, urls } = JSON.parse(fs.readFileSync(asked, 'utf8'));
const require = createRequire(path.join(modules, 'here.js')); // NODE_PATH is for require alone
const puppeteer = require('puppeteer-core');
const { default: lighthouse } = await import(pathToFileURL(require.resolve('lighthouse')));

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage', '--disable-extensions', '--mute-audio',
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

async function judge(browser, url) {
  const options = { port: Number(new URL(browser.wsEndpoint()).port), output: 'json', logLevel: 'error', onlyCategories: CATEGORIES };
  const { lhr } = await lighthouse(url, options);
  const categories = Object.entries(lhr.categories);
  const short = (id) => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9;
  return {
    scores: Object.fromEntries(categories.map(([name, { score }]) => [name, score])),
    failed: categories.flatMap(([name, { auditRefs }]) => auditRefs.filter(({ weight, id }) => weight && short(id)).map(({ id }) => `${name}: ${id}`)),
    requests: (lhr.audits['network-requests'].details?.items || []).map((item) => item.url),
    bytes: lhr.audits['total-byte-weight'].numericValue,
  };
}

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
const browser = await puppeteer.launch({ executablePath: chromium, headless: true, userDataDir: profile, args: FLAGS });
try {
  const answers = [];
  for (const url of urls) answers.push(await judge(browser, url));
  fs.writeFileSync(answered, JSON.stringify(answers));
} finally {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
