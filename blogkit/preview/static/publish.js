// Ask with the plan, as the command line does, and publish once.
import { announce, byId, element, send } from './dom.js';
import { changeOf } from './lists.js';

const [dialog, title, body, confirm, cancel] = ['dialog', 'dialog-title', 'dialog-body', 'confirm', 'cancel'].map(byId);
let busy = false;

function show(heading, ...content) {
  title.textContent = heading;
  body.replaceChildren(...content);
  if (!dialog.open) dialog.showModal();
  title.focus();
  announce(heading);
}

function errorsOf(errors) {
  return errors.map((error) => element('p', { class: 'error' }, error.message, error.hint ? ` (${error.hint})` : ''));
}

function choice(id, text) {
  return element('label', { class: 'accept' }, element('input', { type: 'checkbox', value: id }), text);
}

function failed(error, posts) {
  confirm.hidden = !error.stale;
  confirm.textContent = 'Look at the plan again';
  confirm.onclick = () => ask(posts);
  cancel.textContent = 'Close';
  show(error.stale ? 'Something changed' : 'Nothing was published', element('p', { class: 'error' }, error.message), element('p', {}, error.hint || ''));
}

function finished(report) {
  confirm.hidden = true;
  cancel.textContent = 'Close';
  const outcomes = report.outcomes.map((outcome) => element(
    'li',
    { class: outcome.ok ? '' : 'blocked' },
    outcome.text,
    outcome.url ? ' ' : null,
    outcome.url ? element('a', { href: outcome.url, target: '_blank', rel: 'noopener noreferrer' }, 'Open') : null,
    ...[outcome.hint, ...outcome.losses].filter(Boolean).map((text) => element('span', { class: 'hint' }, text)),
  ));
  const byHand = report.by_hand.map((text) => element('p', {}, `By hand: ${text}`));
  const undo = report.run ? element('p', { class: 'quiet' }, `To take it back, run: blogkit undo ${report.run}`) : '';
  show(report.ok ? 'Published' : 'Not everything was published', element('p', {}, report.summary), element('ul', { class: 'plan' }, ...outcomes), ...errorsOf(report.errors), ...byHand, undo);
}

async function publish(plan, posts) {
  if (busy) return;
  busy = true;
  const ticked = [...body.querySelectorAll('input:checked')].map((box) => box.value);
  confirm.hidden = true;
  cancel.textContent = 'Close';
  show('Publishing…', element('p', { id: 'progress' }));
  try {
    finished(await send('/publish', { plan: plan.plan, accept: ticked, rebuild: ticked.includes('rebuild') }));
  } catch (error) {
    failed(error, posts);
  } finally {
    busy = false;
  }
}

function answered(plan, posts) {
  const changes = plan.changes.filter((change) => change.writes || change.hint || change.blocked);
  const lost = plan.lost_history.map((error) => choice('rebuild', `${error.message.replace('; nothing was sent', '')}. Publish them?`));
  const questions = plan.questions.map((question) => choice(question.id, `${question.summary}. Publish it anyway?`));
  const count = () => plan.writing + body.querySelectorAll('.questions input:checked').length;
  const update = () => {
    const rebuilt = !lost.length || body.querySelector('input[value="rebuild"]').checked;
    confirm.hidden = plan.refused || !count() || !rebuilt;
    confirm.textContent = `Yes, make ${count()} change${count() === 1 ? '' : 's'}`;
  };
  cancel.textContent = plan.writing || questions.length ? 'Cancel' : 'Close';
  confirm.onclick = () => publish(plan, posts);
  show(
    plan.writing ? plan.question : 'Nothing to publish',
    element('ul', { class: 'plan' }, ...changes.map(changeOf)),
    element('div', { class: 'questions', onchange: update }, ...questions),
    element('div', { onchange: update }, ...lost),
    ...errorsOf(plan.errors),
    ...plan.warnings.map((problem) => element('p', { class: 'quiet' }, `Warning, line ${problem.line}: ${problem.message}`)),
  );
  update();
}

export async function ask(posts) {
  confirm.hidden = true;
  cancel.textContent = 'Cancel';
  show('Looking at your sites…');
  try {
    const plan = await send('/plan', { posts });
    if (dialog.open) answered(plan, posts);
  } catch (error) {
    failed(error, posts);
  }
}

export function tell(message) {
  const place = byId('progress');
  if (place) place.textContent = message;
}

cancel.addEventListener('click', () => dialog.close());
