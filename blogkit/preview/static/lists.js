// The lists beside the post: all posts, the problems, and the plan.
import { byId, element, read } from './dom.js';

function stateOf(row) {
  const words = [row.errors ? 'has errors' : row.state || '…'];
  if (row.at) words.push(row.at);
  else if (row.slot) words.push(`slot ${row.slot}`);
  return words.join(' · ');
}

function rowOf(row, current, open) {
  const kind = row.errors || row.changes.some((change) => change.blocked) ? ' bad' : row.state.includes('new') ? ' new' : '';
  const link = element(
    'a',
    {
      href: `/?${new URLSearchParams({ post: row.post })}`,
      'aria-current': row.post === current ? 'page' : undefined,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(row.post);
      },
    },
    row.title || row.key,
    element('span', { class: 'file' }, row.post),
    element('span', { class: `state${kind}` }, stateOf(row)),
  );
  return element('li', { 'data-post': row.post }, link);
}

export function showPosts(rows, current, open) {
  const wanted = byId('filter').value.trim().toLowerCase();
  const list = byId('posts');
  const focused = document.activeElement?.closest('#posts li')?.dataset.post;
  const found = [...rows.values()].filter((row) => `${row.title} ${row.post} ${row.state}`.toLowerCase().includes(wanted));
  list.replaceChildren(...found.map((row) => rowOf(row, current, open)));
  byId('count').textContent = wanted ? `${found.length} of ${rows.size}` : rows.size ? `(${rows.size})` : '';
  if (focused) list.querySelector(`li[data-post="${CSS.escape(focused)}"] a`)?.focus();
}

export function showRows(changed, rows, current, open) {
  const list = byId('posts');
  for (const row of changed) {
    const old = list.querySelector(`li[data-post="${CSS.escape(row.post)}"]`);
    if (!old || old.contains(document.activeElement)) return showPosts(rows, current, open);
    old.replaceWith(rowOf(row, current, open));
  }
  return undefined;
}

async function toggleSource(button, box, problem, post) {
  const opening = box.hidden;
  if (opening && !box.childElementCount) {
    const { lines } = await read('/source', { post, line: problem.line });
    box.replaceChildren(...lines.map((line) => element(
      'div',
      { class: line.here ? 'here' : '' },
      element('span', { class: 'number' }, String(line.number)),
      element('span', {}, line.text || ' '),
    )));
  }
  box.hidden = !opening;
  button.setAttribute('aria-expanded', String(opening));
}

function problemOf(problem, number, post, goTo) {
  const kind = problem.severity === 'error' ? 'Error' : 'Warning';
  const box = element('div', { class: 'source', id: `source-${number}`, hidden: true, tabindex: '0', role: 'group', 'aria-label': `Lines around line ${problem.line}` });
  const place = problem.line && problem.path === post
    ? element('button', {
      type: 'button',
      'aria-expanded': 'false',
      'aria-controls': box.id,
      onclick: (event) => { toggleSource(event.currentTarget, box, problem, post); goTo(problem.line); },
    }, `line ${problem.line}`)
    : problem.path === post ? '' : problem.path;
  return element(
    'li',
    { class: problem.severity },
    element('p', {}, element('span', { class: 'kind' }, kind), place ? ', ' : '', place, ': ', problem.message),
    problem.hint ? element('p', { class: 'hint' }, problem.hint) : null,
    box,
  );
}

export function showProblems(problems, post, goTo) {
  byId('problems').replaceChildren(...problems.map((problem, number) => problemOf(problem, number, post, goTo)));
  byId('no-problems').hidden = problems.length > 0;
}

export function changeOf(change) {
  return element(
    'li',
    { class: change.blocked ? 'blocked' : '' },
    change.summary,
    change.hint ? element('span', { class: 'hint' }, change.hint) : null,
  );
}

export function showPlan(row) {
  const changes = row ? row.changes : [];
  const leftOut = { summary: 'The post has errors, so publishing leaves it out.', blocked: true };
  byId('plan').replaceChildren(...(row?.errors && !changes.length ? [leftOut] : changes).map(changeOf));
}
