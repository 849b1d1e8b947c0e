// node type.cjs QUESTION ANSWER: opens posts in a site's block editor, types a word at the end of a paragraph, and saves.
// question: {chromium, url, cookies: {name: value}, edits: [{post, paragraph, text, before_saving}]}; paragraph: words in it; before_saving:
// a command to run meanwhile, as a list · answer, one per edit: {invalid: [names of invalid blocks], saved: bool}
const { execFileSync } = require('node:child_process');
const { answerWith, newPage, withChromium } = require('./chromium.cjs');

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
  const page = await newPage(browser);
  const host = new URL(url).hostname;
  for (const [name, value] of Object.entries(cookies)) await page.setCookie({ name, value, domain: host, path: '/' });
  await page.goto(`${url}/wp-admin/post.php?post=${post}&action=edit`, { waitUntil: 'load' });
  await page.waitForFunction(ready, {}, post);
  const invalid = await page.evaluate(begin, paragraph);
  await page.waitForFunction(() => document.activeElement && document.activeElement !== document.body);
  await page.keyboard.type(text);
  await page.waitForFunction(holds, {}, text);
  if (program) execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const saved = await page.evaluate(save);
  await page.close();
  return { invalid, saved };
}

answerWith((question) => withChromium(question.chromium, async (browser) => {
  const answers = [];
  for (const one of question.edits) answers.push(await edit(browser, question, one));
  return answers;
}));
