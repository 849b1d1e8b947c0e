// node lighthouse.mjs QUESTION ANSWER: Lighthouse on a phone.
// question: {chromium, urls} · answer, one per address: {scores: {category: 0..1}, failed: [`category: audit`], requests: [url], bytes}
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { answerWith, withChromium } from './chromium.cjs';

const require = createRequire(import.meta.url); // NODE_PATH is for require alone
const { default: lighthouse } = await import(pathToFileURL(require.resolve('lighthouse')));

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

answerWith(({ chromium, urls }) => withChromium(chromium, async (browser) => {
  const answers = [];
  for (const url of urls) answers.push(await judge(browser, url));
  return answers;
}, ['--disable-quic']));
