// What pages are made of.

import { h, svg } from './dom.js';
import { who, whyReadOnly } from './session.js';
import { age, clock, kind, origin, revision, time, what } from './words.js';

const GLYPHS = { good: '●', warn: '▲', bad: '■', dim: '○', plain: '○' };

/** A state: its colour never stands alone. */
export function badge(tone, text) {
  return text ? h(`span.badge.${tone}`, h('i', { 'aria-hidden': 'true' }, GLYPHS[tone]), text) : '';
}

/**
 * A table. Columns: {name, num, wide, id, cell(row)}; `wide` is left out where there is no room, and
 * of an `id` as long as those that are made up the end.
 * A row that leads somewhere has its link in its first cell.
 */
export function table(label, columns, rows, { key, empty, note } = {}) {
  if (rows.length === 0) return emptyState(empty);
  const look = (c) => `${c.num ? '.num' : ''}${c.wide ? '.wide' : ''}${c.long ? '.long' : ''}${c.id ? '.id' : ''}`;
  return h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': label },
    h('table',
      h('thead', h('tr', columns.map((c) => h(`th${look(c)}`, { scope: 'col' }, c.name)))),
      h('tbody', rows.map((row) => h('tr', { key: key?.(row) },
        columns.map((c) => h(`td${look(c)}`, c.cell(row))))))),
    note ?? '');
}

/** Says that there is nothing, and what would change that. */
export function emptyState(empty) {
  const { text, command } = empty ?? { text: 'Nothing.' };
  return h('div.empty', h('p', text), command ? h('p', 'To have one: ', h('code', command)) : '');
}

export const section = (title, ...body) =>
  h('section', { key: `section ${title}` }, h('h2', title), ...body);

export function card(name, value, note, extra) {
  return h('div.card', { key: name }, h('h3', name), h('div.value', value),
    h('div.note', note || '\u00a0'), extra ?? '');
}

export const facts = (...pairs) => h('dl.facts', pairs.filter(([, value]) => value !== null)
  .map(([name, value]) => h('div', h('dt', name), h('dd', value === '' ? '–' : value))));

/** A time and how long ago that was. */
export function since(millis) {
  return Number(millis ?? 0) === 0 ? '–' : h('span.since', { title: time(millis) }, age(millis));
}

/** From which state a page was made. */
export function stamp(header, readAt) {
  if (!header) return '';
  const behind = Number(header.ageMillis ?? 0);
  const how = behind < 0 ? 'nobody can say how far behind'
    : behind === 0 ? 'as the leader has it' : `at most ${behind} ms behind`;
  const read = Math.floor((performance.now() - readAt) / 1_000);
  return h(`p.stamp${behind < 0 ? '.stale' : ''}`,
    `${header.server}, index ${header.index ?? 0}, ${how}; read ${read < 1 ? 'now' : `${read} s ago`}`);
}

/** Events, a line each. */
export function eventList(events, empty, look = '') {
  if (events.length === 0) return emptyState(empty ?? { text: 'Nothing happened yet.' });
  return h(`ol.events${look}`, events.map((event) => {
    const why = origin(event);
    return h('li', { key: `${revision(event.revision)} ${kind(event)} ${what(event)}`.slice(0, 200) },
      h('time', { title: time(event.atMillis) }, clock(event.atMillis)),
      h('span.rev', revision(event.revision)),
      h('b', kind(event)),
      h('span.what', what(event)),
      why ? h('span.why', why) : '');
  }));
}

/** Why something is as it is, and what would change it. */
export function story(explanation) {
  const { causes = [], prospects = [], moreCauses } = explanation ?? {};
  return [
    section('Why', moreCauses ? h('p.note', 'There were older causes.') : '',
      eventList(causes, { text: 'History keeps nothing about it.' })),
    section('What would change it',
      prospects.length === 0 ? emptyState({ text: 'Nothing that the servers know of.' })
        : h('ul.prospects', prospects.map((p) => h('li', { key: `${p.action} ${p.outcome}` },
          h('b', p.action), ' ', p.outcome,
          Number(p.dueMillis ?? 0) > 0 ? h('div.note', `not before ${time(p.dueMillis)}`) : '',
          (p.heldBy ?? []).map((why) => h('div.note', `held back by ${why.code}: ${why.message}`)),
          (p.heldBy ?? []).length > 0 ? h('div.note', `next: ${p.heldBy[0].next}`)
            : h('div.note', p.command ? h('code', p.command) : 'by itself'))))),
  ];
}

/** A line through numbers, the newest at the right. */
export function spark(values, label) {
  const max = Math.max(1, ...values);
  const points = values.map((v, i) => `${(100 - values.length + 1 + i).toFixed(0)},${(23 - 21 * v / max).toFixed(1)}`);
  return svg('svg.spark', { viewBox: '40 0 60 24', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('polyline', { points: points.join(' ') }));
}

/** What a refusal says, and what to do next. */
export function refusal(why) {
  return h('div.refusal', { role: 'alert' }, badge('bad', why.code ?? 'refused'), ' ',
    why.message ?? '', why.next ? h('div.note', why.next) : '');
}

/**
 * Asks who does something and why, and that it is meant. `act(origin, fields)` gives words.
 * A `folded` one is a line until it is opened; what is not `recorded` asks for no name and no reason.
 */
export function order({ id, title, confirm, button, act, consequence, folded, recorded = true, fields }) {
  const state = order.states.get(id) ?? { busy: false, said: null };
  order.states.set(id, state);
  const form = h('form.order', {
    key: `order ${id}`, autocomplete: 'off', onsubmit: (event) => {
      event.preventDefault();
      return carry(event.target, state, { confirm, act, folded, title });
    },
  },
  folded ? '' : h('h3', title), consequence ? h('p', consequence) : '', fields ?? '',
  recorded ? signature() : '',
  confirm ? label(`Type ${confirm} to confirm`, h('input', { name: 'confirm', required: true, spellcheck: 'false', autocapitalize: 'off' })) : '',
  h('button.act', { type: 'submit', 'aria-disabled': state.busy ? 'true' : null }, button),
  h('p.outcome', { role: 'status', 'aria-live': 'polite' }, state.said ? badge(state.said.tone, state.said.text) : '\u00a0'));
  return folded ? h('details.fold', { key: `fold ${id}` }, h('summary', title), form) : form;
}
order.states = new Map();
order.changed = () => {};
order.done = () => {};

/** Who is proved is not asked for a name. */
const signature = () => [
  who.actor && who.enforced ? label('Who', h('output', who.actor))
    : label('Who', h('input', { name: 'actor', required: true, maxlength: 100, value: localStorage.getItem('actor') ?? '' })),
  label('Reason', h('input', { name: 'reason', required: true, maxlength: 200 }))];

async function carry(form, state, { confirm, act, folded, title }) {
  const given = Object.fromEntries(new FormData(form));
  if (state.busy) return;
  if (confirm && given.confirm !== confirm) {
    state.said = { tone: 'bad', text: `Type ${confirm} to confirm.` };
    order.changed();
    return;
  }
  if (given.actor) localStorage.setItem('actor', given.actor);
  Object.assign(state, { busy: true, said: { tone: 'plain', text: 'Under way' } });
  order.changed();
  try {
    const origin = { actor: given.actor ?? who.actor, reason: given.reason };
    state.said = await act(origin, given);
  } catch (e) {
    state.said = { tone: 'bad', text: e.message };
  }
  state.busy = false;
  if (state.said.tone === 'good') order.done();
  if (folded && state.said.tone === 'good') {
    notice(`${title}: ${state.said.text}`);
    state.said = null;
    form.reset();
    const fold = form.closest('details');
    if (fold) {
      fold.open = false;
      fold.firstChild.focus();
    }
  }
  order.changed();
}

/** What became of a command. */
export const outcome = ({ refusal: why }, done = 'Done') => (why
  ? { tone: 'bad', text: `${why.code}: ${why.message}. ${why.next ?? ''}` } : { tone: 'good', text: done });

/** Says something that goes away by itself. */
export function notice(text, tone = 'good') {
  notice.list.push({ text, tone, until: performance.now() + 8_000 });
  order.changed();
}
notice.list = [];

export const label = (text, control) => h('label', h('span', text), control);

export const select = (name, options, chosen, onchange) =>
  h('select', { name, onchange }, options.map(([value, text]) =>
    h('option', { value, selected: value === chosen }, text)));

/** What is said instead of a button where nothing may be changed. */
export const readOnly = (command, need) => h('p.note', `Not here: ${whyReadOnly(need)}. With the CLI: `, h('code', command));
