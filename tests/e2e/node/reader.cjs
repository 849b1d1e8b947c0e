// node reader.cjs QUESTION ANSWER: what Firefox's reader makes of whole pages.
// question: {pages: [html]} · answer: [{html, byline}], one per page; html is '' where the reader finds nothing to read
const fs = require('node:fs');
const { JSDOM } = require('jsdom');
const { Readability } = require('@mozilla/readability');

const [asked, answered] = process.argv.slice(2);
const { pages } = JSON.parse(fs.readFileSync(asked, 'utf8'));
const answers = pages.map((page) => {
  const found = new Readability(new JSDOM(page, { url: 'https://example.com/post' }).window.document).parse();
  return { html: found?.content || '', byline: found?.byline || '' };
});
fs.writeFileSync(answered, JSON.stringify(answers));
