// Choose a widget, fill in its fields, see it, and take the text along.
import { address, announce, byId, read, send } from './dom.js';
import { Form } from './form.js';
import { Stage } from './stage.js';
import { follow, scheme } from './view.js';

const stage = new Stage(byId('device'), 'The widget');
const controls = byId('controls');
const state = { name: '', fields: {}, picture: 0, asked: 0 };
let form;
let waiting;

function present() {
  if (state.picture) stage.show(address(`/picture/${state.picture}`, { scheme: scheme() }), state.picture);
}

async function draw() {
  state.asked += 1;
  const { asked } = state;
  const found = await send('/widget', { name: state.name, fields: state.fields, profile: controls.profile.value });
  if (asked !== state.asked) return; // a later one is on its way
  form.complain(found.problems);
  byId('call').textContent = found.call;
  byId('html').textContent = found.html;
  const count = found.problems.length;
  byId('notice').hidden = !count;
  byId('notice').textContent = count ? 'Some fields are wrong. This is how it was before.' : '';
  announce(count ? `${count} problem${count === 1 ? '' : 's'}. ${found.problems[0].message}` : 'The picture is up to date.');
  state.picture = found.picture || state.picture;
  if (found.picture) present();
}

function changed(fields) {
  state.fields = fields;
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
}

async function choose(name) {
  const { schema, fields } = await read('/widget', { name });
  Object.assign(state, { name, fields, picture: 0 });
  byId('title').textContent = name;
  byId('where').textContent = schema.description;
  document.title = `${name} – blogkit preview`;
  document.querySelectorAll('#widgets a').forEach((link) => {
    if (link.dataset.widget === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  form = new Form(byId('form'), schema, changed);
  form.show(fields);
  draw();
}

function start() {
  const first = document.querySelector('#widgets a')?.dataset.widget;
  choose(new URLSearchParams(location.search).get('widget') || first);
}

async function copy(button) {
  const box = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(box.textContent);
    button.textContent = 'Copied';
    announce('Copied');
  } catch { // the browser does not allow it: select the text for Ctrl-C
    getSelection().selectAllChildren(box);
    button.textContent = 'Press Ctrl-C';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

follow(stage, ({ name }) => (name === 'profile' ? draw() : present()));
byId('form').addEventListener('submit', (event) => event.preventDefault());
byId('widgets').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({}, '', link.href);
  start();
});
document.querySelectorAll('[data-copy]').forEach((button) => button.addEventListener('click', () => copy(button)));
addEventListener('popstate', start);
start();
