// node trees.cjs QUESTION ANSWER: what a browser's parser makes of HTML.
// question: {pairs: [[before, after, region]]} · answer: for each pair '' when `after` without its region is the document `before`,
// else where the first difference is
// question: {spans: [html]} · answer: for each source the elements as [name, start, end of the start tag, end, has an end tag]
const fs = require('node:fs');
const { JSDOM } = require('jsdom');

const PAGE = '<!doctype html><body>';

function parsed(html) {
  return new JSDOM(PAGE + html, { includeNodeLocations: true });
}

function comments(document) {
  const walker = document.createTreeWalker(document.body, 128 /* comments */);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** Take the region out: its root, or what stands between its two comments. */
function withoutRegion(document, region) {
  const roots = document.querySelectorAll(`[data-blogkit-region="${region}"]`);
  const marks = comments(document);
  const begin = marks.filter((mark) => mark.data.startsWith(` blogkit:begin ${region} `));
  const end = marks.filter((mark) => mark.data === ` blogkit:end ${region} `);
  if (roots.length + begin.length !== 1 || begin.length !== end.length) return `${roots.length} roots, ${begin.length} beginnings, ${end.length} ends`;
  if (roots.length) {
    roots[0].remove();
    return '';
  }
  const range = document.createRange();
  range.setStartBefore(begin[0]);
  range.setEndAfter(end[0]);
  range.deleteContents();
  return '';
}

/** The tree, one token a line; neither white space beside tags nor the delimiters of an empty HTML block count. */
function tokens(node) {
  const out = [];
  for (const child of node.childNodes) {
    if (child.nodeType === 3) {
      const text = child.data.replace(/\s+/g, ' ').trim();
      if (text) out.push(text);
    } else if (child.nodeType === 8) {
      out.push(`<!--${child.data.trim()}-->`);
    } else {
      const attributes = [...child.attributes].map(({ name, value }) => `${name}=${value.replace(/wp-container-[\w-]*\d/, 'wp-container')}`);
      out.push(`<${[child.localName, ...attributes].join(' ')}>`, ...tokens(child), `</${child.localName}>`);
    }
  }
  return out;
}

function settled(document) {
  const text = tokens(document.body).join('\n');
  return text.replaceAll('\n<!--wp:html-->\n<!--/wp:html-->', '').replace(/^<!--wp:html-->\n<!--\/wp:html-->\n?/, '').split('\n');
}

function difference([before, after, region]) {
  const [old, now] = [parsed(before).window.document, parsed(after).window.document];
  const trouble = withoutRegion(now, region);
  if (trouble) return trouble;
  now.body.normalize();
  const [ours, theirs] = [settled(old), settled(now)];
  const at = ours.findIndex((token, index) => token !== theirs[index]);
  if (at < 0 && ours.length === theirs.length) return '';
  const place = at < 0 ? ours.length : at;
  return `token ${place}: ${ours.slice(place, place + 3).join(' ')} → ${theirs.slice(place, place + 3).join(' ')}`;
}

function spans(html) {
  const dom = parsed(html);
  const found = [];
  for (const element of dom.window.document.querySelectorAll('*')) {
    const location = dom.nodeLocation(element);
    if (!location || location.startOffset < PAGE.length) continue;
    const tag = location.startTag || location;
    const shift = (offset) => offset - PAGE.length;
    found.push([element.localName, shift(tag.startOffset), shift(tag.endOffset), shift(location.endOffset), Boolean(location.endTag)]);
  }
  return found;
}

const [asked, answered] = process.argv.slice(2);
const question = JSON.parse(fs.readFileSync(asked, 'utf8'));
fs.writeFileSync(answered, JSON.stringify(question.pairs ? question.pairs.map(difference) : question.spans.map(spans)));
