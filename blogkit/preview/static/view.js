// The width and the colours of the frame; both pages remember them.
import { byId } from './dom.js';

const controls = byId('controls');

function stored(name, usual) {
  return localStorage.getItem(`blogkit-${name}`) || usual;
}

export const scheme = () => controls.scheme.value;

export function follow(stage, changed) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  controls.width.value = stored('width', innerWidth < 960 ? '360' : '768');
  controls.scheme.value = stored('scheme', dark ? 'dark' : 'light');
  const resize = () => stage.set(Number(controls.width.value), scheme());
  resize();
  controls.addEventListener('submit', (event) => event.preventDefault());
  controls.addEventListener('change', ({ target }) => {
    if (target.type === 'radio') localStorage.setItem(`blogkit-${target.name}`, target.value);
    resize();
    if (target.name !== 'width') changed(target);
  });
  if (matchMedia('(max-width: 60rem)').matches) byId('posts-box').open = false;
}
