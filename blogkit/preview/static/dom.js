// Make elements and requests. Text goes in as text, never as HTML.
const TOKEN = document.querySelector('meta[name="blogkit-token"]').content;

export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'class') made.className = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

export function address(path, parameters) {
  return `${path}?${new URLSearchParams(parameters)}`;
}

export class Refused extends Error {
  constructor(data, status) {
    super(data.error || `The preview answered with ${status}.`);
    this.hint = data.hint || '';
    this.stale = Boolean(data.stale);
  }
}

async function answerOf(response) {
  const isJson = (response.headers.get('Content-Type') || '').includes('json');
  const data = isJson ? await response.json() : { error: (await response.text()).trim() };
  if (!response.ok) throw new Refused(data, response.status);
  return data;
}

export async function read(path, parameters = {}) {
  return answerOf(await fetch(address(path, parameters)));
}

function post(path, type, body) {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': type, 'X-Blogkit-Token': TOKEN }, body });
}

export async function send(path, data) {
  return answerOf(await post(path, 'application/json', JSON.stringify(data)));
}

export async function sendBytes(path, data) {
  return answerOf(await post(path, 'application/octet-stream', data));
}

let told;
// Wait until the typing pauses, so that a screen reader is not interrupted by every letter.
export function announce(text) {
  clearTimeout(told);
  told = setTimeout(() => { byId('live').textContent = text; }, 800);
}
