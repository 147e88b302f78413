// Grains: who owns what, since which epoch, and why.

import { call, History, read } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, eventList, facts, label, section, select, since, stamp, story, table } from './parts.js';
import { code, count, counted, number, revision, time, word } from './words.js';

const PAGE = 100;
const TONES = { OWNED: 'good', STRANDED: 'bad', RELEASED: 'dim', UNOWNED: 'dim' };

const stateBadge = (o) => badge(TONES[code(o.state, 'STATE')] ?? 'dim', word(o.state, 'STATE'));

const address = (g) => `#/grain/${encodeURIComponent(g.type)}/${encodeURIComponent(g.key)}`;

/** `cart/12` asks for grains of the type cart whose key begins with 12. */
function asked(query) {
  const text = query.get('q') ?? '';
  const slash = text.indexOf('/');
  return {
    text,
    type: slash < 0 ? text : text.slice(0, slash),
    prefix: slash < 0 ? '' : text.slice(slash + 1),
    owner: query.get('owner') ?? '',
    all: query.get('all') === '1',
    page: query.get('page') ?? '',
  };
}

function search(form) {
  const given = new FormData(form);
  const query = new URLSearchParams();
  if (given.get('q')) query.set('q', given.get('q').trim());
  if (given.get('owner')) query.set('owner', given.get('owner'));
  if (given.get('all') && !given.get('owner')) query.set('all', '1');
  location.hash = `#/grains?${query}`;
}

const asSubmit = (event) => search(event.target.form);

function counts(data) {
  return section('How many', table('Grains by type and owner', [
    { name: 'Type', cell: (c) => h('a', { href: `#/grains?q=${encodeURIComponent(c.type)}%2F` }, c.type) },
    { name: 'Owner', cell: (c) => (c.owner ? h('a', { href: `#/cluster/${encodeURIComponent(c.owner)}` }, c.owner) : badge('bad', 'stranded')) },
    { name: 'Grains', num: true, cell: (c) => count(c.grains) },
  ], data.counts, {
    key: (c) => `${c.type} ${c.owner}`,
    empty: { text: 'No cluster owns a grain.', command: 'staddle grain acquire cart/42 --owner eu-1' },
  }));
}

export const grains = {
  title: 'Grains',
  hears: (events) => isAbout(events, 'holding', 'move', 'cluster_fenced'),
  everyMillis: 5_000,
  async load(_, query) {
    const q = asked(query);
    const request = { type: q.type, keyPrefix: q.prefix, owner: q.owner, pageSize: PAGE, allStates: q.all };
    if (q.page) request.pageToken = q.page;
    const [list, clusters, totals] = await Promise.all([
      read('Directory/ListGrains', request), read('Clusters/List'), read('Directory/CountGrains')]);
    return {
      ...list, readAt: performance.now(),
      grains: list.grains ?? [],
      owners: (clusters.clusters ?? []).map((each) => each.id),
      counts: totals.counts ?? [], total: totals.total,
    };
  },
  render(data, _, query) {
    const q = asked(query);
    const next = new URLSearchParams(query);
    next.set('page', data.nextPageToken ?? '');
    return [
      h('h1', 'Grains'), stamp(data.header, data.readAt),
      h('form.bar', { role: 'search', onsubmit: (event) => { event.preventDefault(); search(event.target); } },
        h('input.search', {
          type: 'search', name: 'q', value: q.text, spellcheck: 'false', 'aria-label': 'Type and how the key begins',
          placeholder: 'type/how the key begins  (press /)',
        }),
        label('Owner', select('owner', [['', 'any'], ...data.owners.map((id) => [id, id])], q.owner, asSubmit)),
        h('label.check', h('input', { type: 'checkbox', name: 'all', value: '1', checked: q.all, onchange: asSubmit }), 'released and stranded, too'),
        h('button', { type: 'submit' }, 'Search')),
      h('p.note', `${counted(data.total, 'grain')} in all; up to ${PAGE} are shown, sorted by type and key.`),
      table('Grains', [
        { name: 'Grain', cell: (o) => h('a', { href: address(o.grain) }, `${o.grain.type}/${o.grain.key}`) },
        { name: 'State', cell: stateBadge },
        { name: 'Owner', cell: (o) => (o.owner ? h('a', { href: `#/cluster/${encodeURIComponent(o.owner)}` }, o.owner) : '') },
        { name: 'Epoch', num: true, cell: (o) => o.epoch ?? 0 },
        { name: 'Since', num: true, cell: (o) => since(o.sinceMillis) },
        { name: 'Revision', num: true, wide: true, cell: (o) => revision(o.since) },
        { name: 'Lease until', wide: true, cell: (o) => time(o.leaseUntilMillis) },
      ], data.grains, {
        key: (o) => `${o.grain.type}/${o.grain.key}`,
        empty: q.text || q.owner ? { text: 'No grain is like that. Type and key are told apart by the first slash; a type must be whole.' }
          : { text: 'There is no grain.', command: 'staddle grain acquire cart/42 --owner eu-1' },
      }),
      h('p.bar', q.page ? h('a.button', { href: `#/grains?q=${encodeURIComponent(q.text)}&owner=${encodeURIComponent(q.owner)}` }, 'First page') : '',
        data.nextPageToken ? h('a.button', { href: `#/grains?${next}` }, 'Next page') : ''),
      counts(data),
    ];
  },
  reload() {},
};

const of = (event) => Object.values(event.body ?? {})[0]?.grain;

// What history says of the grain on the page.
const known = { name: '', history: null };

export const grain = {
  title: 'Grain',
  hears: grains.hears,
  everyMillis: 3_000,
  async load([type, ...rest]) {
    const key = rest.join('/');
    const id = { type, key };
    const name = `${type}/${key}`;
    if (known.name !== name) Object.assign(known, { name, history: new History({ types: [type], keyPrefix: key }) });
    const [explained, history] = await Promise.all([call('Directory/Explain', { grain: id }), known.history.more()]);
    const events = history.events.filter((event) => !of(event) || of(event).key === key);
    return { ...explained, id, events: events.slice(-100).reverse(), whole: history.whole, readAt: performance.now() };
  },
  leave: () => { known.name = ''; },
  render(data) {
    const o = data.ownership ?? {};
    const name = `${data.id.type}/${data.id.key}`;
    return [
      h('h1', h('a', { href: '#/grains' }, 'Grains'), ' / ', name), stamp(data.header, data.readAt),
      facts(
        ['State', stateBadge(o)], ['Owner', o.owner ? h('a', { href: `#/cluster/${encodeURIComponent(o.owner)}` }, o.owner) : ''],
        ['Epoch', o.epoch ?? '0'], ['Fence', o.fence ?? ''],
        ['Since', time(o.sinceMillis)], ['For', since(o.sinceMillis)],
        ['Revision', revision(o.since)], ['Lease until', time(o.leaseUntilMillis) || 'no lease'], ['Holding', o.holding ?? '']),
      story(data.explanation),
      section('History', h('p.note', data.whole ? 'The newest first; events about all grains of the type at once are among them.' : 'Still being read, from the oldest on.'),
        eventList(data.events, { text: 'History keeps nothing about it.', command: `staddle timeline --help` })),
    ];
  },
};
