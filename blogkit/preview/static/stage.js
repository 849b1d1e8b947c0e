// The post in a sandboxed frame. Two frames take turns, so that nothing flickers while you type.
import { element } from './dom.js';

export class Stage {
  constructor(box, title) {
    this.box = box;
    this.width = 360;
    this.scheme = 'light';
    this.loading = '';
    this.next = '';
    this.version = '';
    this.loads = 0;
    this.frames = [0, 1].map(() => element('iframe', {
      class: 'waiting', sandbox: '', referrerpolicy: 'no-referrer', title, onload: () => this.loaded(),
    }));
    box.append(...this.frames);
    new ResizeObserver(() => this.fit()).observe(box);
  }

  show(url, version) {
    this.next = url;
    this.version = version;
    if (!this.loading) this.load();
  }

  load() {
    this.loading = this.next;
    this.loadingVersion = this.version;
    const [, hidden] = this.frames;
    hidden.style.colorScheme = this.scheme;
    // A frame that goes to a place of the page that it has already loads nothing, so no address
    // comes twice.
    this.loads += 1;
    const [page, place] = this.loading.split('#');
    const next = `${page}&load=${this.loads}${place ? `#${place}` : ''}`;
    // Through `location`, no entry in the browser's history.
    hidden.contentWindow.location.replace(next);
  }

  loaded() {
    if (!this.loading) return; // the empty frame at the start
    this.frames.reverse();
    const [shown, hidden] = this.frames;
    shown.classList.remove('waiting');
    hidden.classList.add('waiting');
    this.box.dataset.version = this.loadingVersion;
    const again = this.next !== this.loading;
    this.loading = '';
    if (again) this.load();
  }

  set(width, scheme) {
    this.width = width;
    this.scheme = scheme;
    this.fit();
  }

  fit() {
    const [width, height] = [this.box.clientWidth - 2, this.box.clientHeight - 2]; // for the border
    const scale = Math.min(1, width / this.width);
    const left = 1 + Math.max(0, (width - this.width * scale) / 2);
    for (const frame of this.frames) {
      frame.style.width = `${this.width}px`;
      frame.style.height = `${height / scale}px`;
      frame.style.left = `${left}px`;
      frame.style.transform = scale < 1 ? `scale(${scale})` : '';
    }
  }
}
