// A form from a JSON Schema: a control for each field, lists that grow, and an error at each field.
import { element } from './dom.js';

const idOf = (trail) => `field-${trail.join('-')}`;

export class Form {
  constructor(place, schema, changed) {
    Object.assign(this, { place, schema, changed });
  }

  // The part of the schema that fits a value: of several, fields before a text.
  part(schema, value) {
    if (schema.$ref) return this.schema.$defs[schema.$ref.split('/').pop()];
    if (!schema.anyOf) return schema;
    const options = schema.anyOf.filter((each) => each.type !== 'null').map((each) => ({ ...schema, anyOf: undefined, ...this.part(each, value) }));
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return options.find((each) => each.type === 'object' && isObject) || options.find((each) => each.type !== 'object') || options[0];
  }

  show(fields) {
    this.fields = fields;
    this.place.replaceChildren(this.errorOf([]), ...this.controls(this.schema, fields, []));
  }

  controls(schema, values, trail) {
    const needed = schema.required || [];
    return Object.entries(schema.properties || {}).map(([name, about]) => this.control(
      name, about, values[name], [...trail, name], needed.includes(name), (value) => this.set(values, name, value),
    ));
  }

  set(values, name, value) {
    if (value === undefined) delete values[name];
    else values[name] = value;
    this.changed(this.fields);
  }

  control(label, about, value, trail, needed, set) {
    const schema = this.part(about, value);
    const types = [schema.type].flat().filter((type) => type && type !== 'null');
    const hint = about.description || schema.description || '';
    if (types.includes('array')) return this.list(label, schema, value, trail, needed, set, hint);
    if (types.includes('object') && schema.properties) return this.group(label, schema, value || {}, trail, set, hint);
    const input = this.input(schema, types, value, set);
    input.id = idOf(trail);
    input.setAttribute('aria-describedby', `${input.id}-error ${input.id}-hint`);
    if (needed) input.required = true;
    const title = element('label', { for: input.id }, label, needed ? element('span', { class: 'needed' }, ' required') : null);
    const row = input.type === 'checkbox' ? [element('div', { class: 'check' }, input, title)] : [title, input];
    return element('div', { class: 'field' }, ...row, this.hintOf(trail, hint), this.errorOf(trail));
  }

  input(schema, types, value, set) {
    if (schema.enum) {
      const options = ['', ...schema.enum.filter((each) => each !== null && each !== '')];
      const select = element('select', { onchange: () => set(select.value || undefined) }, ...options.map((each) => new Option(each || 'default', each, false, each === value)));
      return select;
    }
    if (types.length === 1 && types[0] === 'boolean') {
      const box = element('input', { type: 'checkbox', onchange: () => set(box.checked || undefined) });
      box.checked = Boolean(value);
      return box;
    }
    const isNumber = types.length > 0 && types.every((type) => type === 'integer' || type === 'number');
    const isPairs = types.includes('object');
    const isLong = isPairs || (types.length === 1 && types[0] === 'string' && !schema.pattern);
    const input = element(isLong ? 'textarea' : 'input', {
      type: isLong ? undefined : isNumber ? 'number' : 'text',
      rows: isLong ? '4' : undefined,
      oninput: () => set(this.read(input.value, isNumber, isPairs)),
    });
    input.value = isPairs ? Object.entries(value || {}).map(([name, text]) => `${name}: ${text}`).join('\n') : value ?? '';
    return input;
  }

  read(text, isNumber, isPairs) {
    if (!text) return undefined;
    if (isNumber) return Number.isNaN(Number(text)) ? text : Number(text);
    if (!isPairs) return text;
    return Object.fromEntries(text.split('\n').filter((line) => line.trim()).map((line) => {
      const [name, ...rest] = line.split(':');
      return [name.trim(), rest.join(':').trim()];
    }));
  }

  group(label, schema, values, trail, set, hint, ...more) {
    const inner = this.controls(schema, values, trail);
    inner.forEach((control) => control.addEventListener('input', () => set(values)));
    return element('fieldset', { class: 'group', id: idOf(trail), tabindex: '-1' }, element('legend', {}, label), this.hintOf(trail, hint), this.errorOf(trail), ...inner, ...more);
  }

  // Lists of lists are rows of cells; lists of texts have one on each line; lists of fields, a group for each.
  list(label, schema, value, trail, needed, set, hint) {
    const items = this.part(schema.items || {}, (value || [])[0]);
    const isRows = [items.type].flat().includes('array');
    if (!items.properties) {
      const rows = (value || []).map((item) => (isRows ? item.join(' | ') : item)).join('\n');
      const cells = (line) => line.split('|').map((cell) => cell.trim());
      const input = element('textarea', {
        id: idOf(trail),
        rows: '4',
        'aria-describedby': `${idOf(trail)}-error ${idOf(trail)}-hint`,
        oninput: () => {
          const lines = input.value.split('\n').filter((line) => line.trim());
          set(lines.length ? lines.map((line) => (isRows ? cells(line) : line.trim())) : undefined);
        },
      });
      input.value = rows;
      const how = isRows ? 'One row on each line, with | between the cells.' : 'One on each line.';
      return element('div', { class: 'field' }, element('label', { for: input.id }, label, needed ? element('span', { class: 'needed' }, ' required') : null), input, this.hintOf(trail, `${hint}. ${how}`), this.errorOf(trail));
    }
    return this.groups(label, schema, value || [], trail, set, hint);
  }

  groups(label, schema, values, trail, set, hint) {
    const again = () => {
      set(values.length ? values : undefined);
      const made = this.groups(label, schema, values, trail, set, hint);
      box.replaceWith(made);
      return made;
    };
    const removing = (number) => element('button', {
      type: 'button',
      onclick: () => { values.splice(number, 1); again().querySelector(':scope > .add').focus(); },
    }, `Remove ${label} ${number + 1}`);
    const item = (value, number) => {
      const inner = this.part(schema.items, value);
      const at = [...trail, number];
      const put = (next) => { values[number] = next; set(values); };
      return inner.properties
        ? this.group(`${label} ${number + 1}`, inner, value, at, put, '', removing(number))
        : element('div', { class: 'group' }, this.control(`${label} ${number + 1}`, inner, value, at, false, put), removing(number));
    };
    const add = element('button', {
      type: 'button',
      class: 'add',
      onclick: () => {
        values.push({});
        again().querySelector(':scope > .group:last-of-type').querySelector('input, textarea, select').focus();
      },
    }, `Add to ${label}`);
    const box = element('fieldset', { class: 'list', id: idOf(trail), tabindex: '-1' }, element('legend', {}, label), this.hintOf(trail, hint), this.errorOf(trail), ...values.map(item), add);
    return box;
  }

  hintOf(trail, text) {
    return element('p', { class: 'quiet', id: `${idOf(trail)}-hint` }, text);
  }

  errorOf(trail) {
    return element('p', { class: 'error', id: `${idOf(trail)}-error`, hidden: true });
  }

  // Show each problem at its field, or at the nearest one around it.
  complain(problems) {
    this.place.querySelectorAll('.error').forEach((box) => { box.hidden = true; box.textContent = ''; });
    this.place.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
    for (const { trail, message } of problems) {
      let at = trail;
      while (at.length && !document.getElementById(`${idOf(at)}-error`)) at = at.slice(0, -1);
      const box = document.getElementById(`${idOf(at)}-error`);
      box.textContent += `${box.textContent && ' · '}${message}`;
      box.hidden = false;
      const input = document.getElementById(idOf(at));
      if (input && input.matches('input, select, textarea')) input.setAttribute('aria-invalid', 'true');
    }
  }
}
