// The page: what is shown, and how it follows the files.
import { address, announce, byId, read } from './dom.js';
import { showPlan, showPosts, showProblems, showRows } from './lists.js';
import { ask, tell } from './publish.js';
import { Stage } from './stage.js';
import { follow, scheme } from './view.js';

const controls = byId('controls');
const stage = new Stage(byId('device'), 'The post');
const rows = new Map();
const titles = new Map(); // of posts with errors, which the list knows by their files only
const state = { post: '', site: '', version: 0, shown: false };
let events;

function present(line) {
  if (!state.shown) return;
  const { post, site, version } = state;
  const at = line ? '#blogkit-here' : '';
  stage.show(address('/frame', {
    post, site, scheme: scheme(), line, v: version,
  }) + at, version);
}

function banner(text) {
  byId('banner').textContent = text;
  byId('banner').hidden = !text;
}

function settings({ error, hint }) {
  banner(error ? `${error}\n${hint}` : '');
}

function showSites(data) {
  byId('sites').hidden = data.sites.length < 2;
  controls.site.replaceChildren(...data.sites.map((site) => new Option(site, site, false, site === data.site)));
}

function notices(data) {
  const found = [];
  if (data.outdated && data.shown) found.push('The post has errors. This is how it was before.');
  if (data.outdated && !data.shown) found.push('The post has errors, so there is nothing to show yet.');
  if (data.foreign) found.push(`${data.foreign} image${data.foreign === 1 ? '' : 's'} from other sites: the preview does not load them.`);
  byId('notice').textContent = found.join(' ');
  byId('notice').hidden = !found.length;
}

function update(data) {
  if (data.post !== state.post || (state.site && data.site !== state.site)) return;
  const isNew = data.version !== state.version || data.shown !== state.shown;
  Object.assign(state, { version: data.version, shown: data.shown });
  titles.set(data.post, data.title);
  const row = rows.get(data.post);
  if (row && !row.title) rowsChanged({ rows: [row], removed: [] });
  byId('title').textContent = data.title;
  byId('where').textContent = [data.post, data.site && `for ${data.site}`, data.profile].filter(Boolean).join(' · ');
  document.title = `${data.title} – blogkit preview`;
  showSites(data);
  notices(data);
  showProblems(data.problems, data.post, present);
  if (isNew) present(data.line);
  const count = data.problems.length;
  announce(`Preview updated. ${count || 'No'} problem${count === 1 ? '' : 's'}.`);
}

function keep(row) {
  rows.set(row.post, { ...row, title: row.title || titles.get(row.post) || '' });
}

function current() {
  showPlan(rows.get(state.post));
  byId('publish').disabled = !state.post;
}

async function refresh() {
  const all = await read('/posts');
  settings(all.settings);
  rows.clear();
  all.rows.forEach(keep);
  showPosts(rows, state.post, open);
  current();
  if (!state.post) return;
  try {
    update(await read('/post', { post: state.post, site: state.site }));
  } catch (error) {
    gone(error.message);
  }
}

function gone(message) {
  state.version = 0;
  byId('notice').textContent = `${message}. It is shown again as soon as the file is back.`;
  byId('notice').hidden = false;
}

function rowsChanged({ rows: changed, removed }) {
  const isBack = state.post && !state.version && changed.some((row) => row.post === state.post);
  removed.forEach((post) => rows.delete(post));
  const isLarge = removed.length || changed.some((row) => !rows.has(row.post));
  changed.forEach(keep);
  if (isLarge) showPosts(rows, state.post, open);
  else showRows(changed.map((row) => rows.get(row.post)), rows, state.post, open);
  current();
  if (isBack) refresh();
}

function connect() {
  events?.close();
  events = new EventSource(address('/events', { post: state.post }));
  const on = (name, then) => events.addEventListener(name, (event) => then(JSON.parse(event.data)));
  events.addEventListener('open', refresh);
  events.addEventListener('error', () => banner(events.readyState === EventSource.CLOSED
    ? 'The preview was started again. Open the address that it printed.'
    : 'The preview has stopped. Run blogkit preview again.'));
  on('post', update);
  on('rows', rowsChanged);
  on('settings', settings);
  on('progress', ({ message }) => tell(message));
  on('removed', () => gone('The file is gone'));
}

function open(post) {
  history.pushState({}, '', address('/', { post }));
  start();
}

function start() {
  const parameters = new URLSearchParams(location.search);
  Object.assign(state, { post: parameters.get('post') || '', site: '', version: 0, shown: false });
  showPosts(rows, state.post, open);
  connect();
}

follow(stage, ({ name, value }) => {
  if (name === 'scheme') {
    present(0);
    return;
  }
  state.site = value;
  state.version = 0;
  refresh();
});
byId('filter').addEventListener('input', () => showPosts(rows, state.post, open));
byId('publish').addEventListener('click', () => ask([state.post]));
byId('publish-all').addEventListener('click', () => ask([]));
addEventListener('popstate', start);
// A browser opens six connections to a host at most, so a hidden page gives up its own.
addEventListener('visibilitychange', () => { if (document.hidden) events?.close(); else connect(); });
start();
