// Show an import: the source with the outcome of each line, what was done, and the post.
import { Refused, address, announce, byId, element, read, send, sendBytes } from './dom.js';
import { Stage } from './stage.js';
import { follow, scheme } from './view.js';

const stage = new Stage(byId('device'), 'The post');
const state = { number: 0, shown: false, place: 0 };
const KINDS = {
  recognised: 'Became a widget', left: 'Left as it was', dropped: 'Left out', changed: 'Changed', needed: 'For you to decide',
};
// What a screen reader hears of a piece that is not in the post as it was.
const OUTCOMES = { dropped: 'left out: ', taken: 'in the front matter: ', left: 'left as it was: ', recognised: 'became a widget: ' };
const TAGS = { dropped: 'del', recognised: 'mark', left: 'mark' };

function present(place) {
  state.place = place;
  if (!state.shown) return;
  const url = address('/imported-frame', { number: state.number, scheme: scheme(), line: place });
  stage.show(place ? `${url}#blogkit-here` : url, `${state.number}.${place}`);
}

function current(box, item) {
  box.querySelector('[aria-current]')?.removeAttribute('aria-current');
  item?.setAttribute('aria-current', 'true');
}

function toSource(at) {
  const line = byId('source').children[at];
  current(byId('source'), line);
  line?.scrollIntoView({ block: 'center' });
}

function toPost(place) {
  present(place);
  if (matchMedia('(max-width: 60rem)').matches) byId('device').scrollIntoView({ block: 'start' });
}

function entryOf(entry) {
  const item = element('li', { class: entry.kind });
  const choose = (then) => () => { current(byId('entries'), item); then(); };
  const wide = () => !matchMedia('(max-width: 60rem)').matches;
  const source = entry.at < 0 ? null : element('button', {
    type: 'button',
    onclick: choose(() => { toSource(entry.at); if (wide() && entry.place) present(entry.place); }),
  }, `line ${entry.line}`);
  const post = entry.place ? element('button', {
    type: 'button',
    onclick: choose(() => { if (wide()) toSource(entry.at); toPost(entry.place); }),
  }, 'in the post') : null;
  const kind = entry.kind === 'needed' ? element('span', { class: 'kind' }, KINDS.needed) : '';
  const places = [kind, source, post].filter((part) => part).flatMap((part) => [', ', part]).slice(1);
  item.append(...places, places.length ? ': ' : '', element('bdi', {}, entry.words));
  return item;
}

function partOf(part) {
  const heard = part.text.trim() ? OUTCOMES[part.kind] : '';
  return element(TAGS[part.kind] || 'span', { class: part.kind }, heard ? element('span', { class: 'unseen', dir: 'ltr' }, heard) : null, part.text);
}

// The strip beside a line: what the author has to decide comes first.
function lineKind(line, entries) {
  const kinds = entries.filter((entry) => entry.kind === 'needed' || entry.kind === 'changed').map((entry) => entry.kind);
  const words = line.parts.filter((part) => part.text.trim()).map((part) => part.kind);
  return kinds.sort().pop() || words.find((kind) => kind === 'left') || words.find((kind) => kind !== 'kept') || 'kept';
}

function lineOf(line, entries, at) {
  const place = line.parts.map((part) => part.place).find((each) => each) || 0;
  const item = element(
    'li',
    { class: lineKind(line, entries) },
    element('button', {
      type: 'button',
      disabled: !place,
      'aria-label': place ? `Line ${line.number}: show it in the post` : `Line ${line.number}`,
      onclick: () => { current(byId('source'), item); toPost(place); },
    }, String(line.number)),
    element('span', { class: 'words', dir: 'auto' }, ...line.parts.map(partOf)),
  );
  item.dataset.at = at;
  return item;
}

function counted(entries) {
  const counts = Object.keys(KINDS).map((kind) => [kind, entries.filter((entry) => entry.kind === kind).length]);
  return counts.filter(([, count]) => count).map(([kind, count]) => `${count} ${KINDS[kind].toLowerCase()}`).join(' · ') || 'Nothing to tell: every line is in the post.';
}

function notice(data) {
  const words = data.errors.map((error) => `Line ${error.line} of the post: ${error.message}${error.hint ? `; ${error.hint}` : ''}`);
  byId('notice').textContent = words.join('\n');
  byId('notice').hidden = !words.length;
}

function show(data) {
  Object.assign(state, { number: data.number, shown: data.shown });
  history.replaceState({}, '', address('/import', { number: data.number }));
  byId('title').textContent = data.title;
  byId('where').textContent = `Title from: ${data.titled_by}. Nothing is saved yet; a saved post is a draft.`;
  document.title = `${data.title} – Import – blogkit preview`;
  const byLine = grouped(data.entries);
  byId('entries').replaceChildren(...data.entries.map(entryOf));
  byId('source').replaceChildren(...data.lines.map((line, at) => lineOf(line, byLine.get(at) || [], at)));
  byId('counts').textContent = counted(data.entries);
  byId('more').hidden = !data.more;
  byId('more').textContent = `${data.more} more lines are not shown here. The post has them.`;
  byId('post-text').textContent = data.text;
  byId('to').value = data.path;
  byId('saved').hidden = true;
  notice(data);
  byId('result').hidden = false;
  byId('posts-box').open = false;
  stage.fit();
  present(0);
  announce(`The import is shown. ${byId('counts').textContent}`);
}

function grouped(entries) {
  const found = new Map();
  entries.forEach((entry) => found.set(entry.at, [...(found.get(entry.at) || []), entry]));
  return found;
}

// Do what was asked for, and tell why if it cannot be done.
async function attempt(job) {
  const banner = byId('banner');
  try {
    await job();
    banner.hidden = true;
  } catch (error) {
    banner.textContent = error instanceof Refused && error.hint ? `${error.message}\n${error.hint}` : error.message;
    banner.hidden = false;
  }
}

const paste = (name, data) => attempt(async () => show(await sendBytes(address('/import', { name }), data)));

follow(stage, () => present(state.place));
byId('posts-box').open = true;
byId('paste').addEventListener('submit', (event) => {
  event.preventDefault();
  paste('', byId('text').value);
});
byId('file').addEventListener('change', ({ target }) => { if (target.files[0]) paste(target.files[0].name, target.files[0]); });
byId('save').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(async () => {
    const { post } = await send('/save-import', { number: state.number, to: byId('to').value });
    byId('saved').replaceChildren('Saved as a draft: ', element('a', { href: address('/', { post }) }, post));
    byId('saved').hidden = false;
    announce(`Saved as ${post}`);
  });
});
const number = new URLSearchParams(location.search).get('number');
if (number) attempt(async () => show(await read('/imported', { number })));
