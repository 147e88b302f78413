// Events, live.

import { h } from './dom.js';
import { live, withGrains } from './live.js';
import { badge, emptyState, eventList } from './parts.js';
import { kind, origin, what } from './words.js';

const SHOWN = 300;
const view = { text: '', held: null };

const passes = (event) => view.text === ''
  || `${kind(event)} ${what(event)} ${origin(event)}`.toLowerCase().includes(view.text);

export const events = {
  title: 'Events',
  hears: (news) => news.length > 0 && !view.held,
  load: async () => ({}),
  leave: () => withGrains(false),
  render() {
    const all = (view.held ?? live.events).filter(passes);
    const missed = view.held ? live.events.length - view.held.length : 0;
    return [
      h('h1', 'Events'),
      h('div.bar', { role: 'search' },
        h('input.search', {
          type: 'search', name: 'filter', 'aria-label': 'Show events that contain', placeholder: 'contains …  (press /)',
          value: view.text, oninput: (event) => { view.text = event.target.value.toLowerCase(); events.redraw(); },
        }),
        h('label.check', h('input', { type: 'checkbox', name: 'grains', onchange: (event) => withGrains(event.target.checked) }), 'single grains, too'),
        h('button', {
          type: 'button', 'aria-pressed': String(Boolean(view.held)),
          onclick: () => { view.held = view.held ? null : [...live.events]; events.redraw(); },
        }, view.held ? 'Go on' : 'Hold'),
        h('span.note', view.held ? `held, ${Math.max(0, missed)} since` : `${all.length} shown`)),
      live.gap ? h('p', badge('warn', 'Some events are gone: history keeps no more, or the servers were set up anew.')) : '',
      all.length ? eventList(all.slice(-SHOWN).reverse())
        : emptyState({ text: 'No such event. New ones appear here by themselves.', command: 'staddle cluster register eu-1 --region eu --healthy' }),
      h('p.note', 'The same in a terminal: ', h('code', 'staddle events tail')),
    ];
  },
  redraw() {},
};
