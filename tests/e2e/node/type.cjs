// node type.cjs QUESTION ANSWER: opens posts in a site's block editor, types a word at the end of a paragraph, and saves.
// question: {chromium, url, cookies: {name: value}, edits: [{post, paragraph, text, before_saving}]}; paragraph: words in it; before_saving:
// a command to run meanwhile, as a list · answer, one per edit: {invalid: [names of invalid blocks], saved: bool}
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage', '--disable-extensions', '--mute-audio',
];
const PATIENCE = { timeout: 60000 };

/** In the page: the post's blocks are there, and nothing covers them. */
function ready(post) {
  const { select, dispatch } = window.wp?.data || {};
  if (!select?.('core/editor') || String(select('core/editor').getCurrentPostId()) !== post) return false;
  const features = select('core/edit-post');
  if (features.isFeatureActive?.('welcomeGuide')) dispatch('core/edit-post').toggleFeature('welcomeGuide');
  return select('core/block-editor').getBlocks().length > 0 && !document.querySelector('.components-modal__frame');
}

/** In the page: puts the cursor at the end of a paragraph; returns the names of the blocks that are not valid. */
function begin(words) {
  const { select, dispatch } = window.wp.data;
  const all = (blocks) => blocks.flatMap((block) => [block, ...all(block.innerBlocks)]);
  const blocks = all(select('core/block-editor').getBlocks());
  const wanted = blocks.find(({ name, attributes }) => name === 'core/paragraph' && String(attributes.content).includes(words));
  dispatch('core/block-editor').selectBlock(wanted.clientId, -1);
  return blocks.filter((block) => !block.isValid).map((block) => block.name);
}

function holds(text) {
  return window.wp.data.select('core/editor').getEditedPostContent().includes(text);
}

async function save() {
  const { select, dispatch } = window.wp.data;
  await dispatch('core/editor').savePost();
  return select('core/editor').didPostSaveRequestSucceed();
}

async function edit(browser, { url, cookies }, { post, paragraph, text, before_saving: [program, ...words] }) {
  const page = await browser.newPage();
  const host = new URL(url).hostname;
  for (const [name, value] of Object.entries(cookies)) await page.setCookie({ name, value, domain: host, path: '/' });
  await page.goto(`${url}/wp-admin/post.php?post=${post}&action=edit`, { waitUntil: 'load', ...PATIENCE });
  await page.waitForFunction(ready, PATIENCE, post);
  const invalid = await page.evaluate(begin, paragraph);
  await page.waitForFunction(() => document.activeElement && document.activeElement !== document.body, PATIENCE);
  await page.keyboard.type(text);
  await page.waitForFunction(holds, PATIENCE, text);
  if (program) execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const saved = await page.evaluate(save);
  await page.close();
  return { invalid, saved };
}

async function main() {
  const [asked, answered] = process.argv.slice(2);
  const question = JSON.parse(fs.readFileSync(asked, 'utf8'));
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  const browser = await puppeteer.launch({ executablePath: question.chromium, headless: true, userDataDir: profile, args: FLAGS });
  try {
    const answers = [];
    for (const one of question.edits) answers.push(await edit(browser, question, one));
    fs.writeFileSync(answered, JSON.stringify(answers));
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
