// node blocks.cjs QUESTION ANSWER: parses block markup with the block editor's own scripts, out of a WordPress's files, in jsdom.
// question: {docroot, scripts: [{handle, src}], posts: [html], serialize?} · answer: [[{path, name, valid, issue}]], one list per post,
// or, with serialize, each post as the editor's own serializer writes it
const fs = require('node:fs');
const path = require('node:path');
const { format } = require('node:util');
const vm = require('node:vm');
const { JSDOM, VirtualConsole } = require('jsdom');

const FROM_NODE = [
  'TextEncoder', 'TextDecoder', 'structuredClone', 'fetch', 'Headers', 'Request', 'Response',
  'ReadableStream', 'WritableStream', 'TransformStream', 'MessageChannel', 'BroadcastChannel',
];

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** A page that has what the editor's scripts look for in a browser and jsdom lacks. */
function emptyPage() {
  const page = new JSDOM('<!doctype html><html><body></body></html>', {
    url: 'http://localhost/wp-admin/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(), // the editor logs every invalid block; the answer says it better
  });
  const { window } = page;
  const nothing = () => {};
  window.matchMedia = () => ({
    matches: false, addListener: nothing, removeListener: nothing, addEventListener: nothing, removeEventListener: nothing,
  });
  window.ResizeObserver = window.IntersectionObserver = NoObserver;
  window.CSS = { escape: (text) => text, supports: () => false };
  window.scrollTo = nothing;
  window.requestIdleCallback = (work) => setTimeout(work, 0);
  for (const name of FROM_NODE) {
    if (!window[name] && globalThis[name]) window[name] = globalThis[name];
  }
  return page;
}

/** The editor's global `wp`, with the core blocks registered. */
function editor({ docroot, scripts }) {
  const page = emptyPage();
  for (const { handle, src } of scripts) {
    const file = path.join(docroot, src.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/, ''));
    // As a page's <script> would: global declarations of one script are seen by the next (eval would keep them to itself).
    new vm.Script(fs.readFileSync(file, 'utf8'), { filename: handle }).runInContext(page.getInternalVMContext());
    if (handle === 'lodash') page.window.lodash = page.window._; // what WordPress adds inline after it
  }
  const { wp } = page.window;
  wp.oldEditor = wp.oldEditor || {}; // without it the classic block is not registered
  wp.blockLibrary.registerCoreBlocks();
  return wp;
}

function verdicts(blocks, above = '') {
  return blocks.flatMap((block, number) => {
    const place = `${above}/${number}`;
    const [issue] = block.validationIssues || []; // the ones after it repeat the whole block
    const own = { path: place, name: block.name, valid: Boolean(block.isValid), issue: issue ? format(...issue.args) : '' };
    return [own, ...verdicts(block.innerBlocks || [], place)];
  });
}

const [asked, answered] = process.argv.slice(2);
const question = JSON.parse(fs.readFileSync(asked, 'utf8'));
const wp = editor(question);
const answer = (post) => (question.serialize ? wp.blocks.serialize(wp.blocks.parse(post)) : verdicts(wp.blocks.parse(post)));
fs.writeFileSync(answered, JSON.stringify(question.posts.map(answer)));
process.exit(0); // the editor leaves timers behind
