// Routing: groups, vShards, who serves what, and since which epoch.

import { read } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, emptyState, label, section, select, since, stamp, table } from './parts.js';
import { about, counted, now, number } from './words.js';

const PAGE = 100;

// Only what has changed is read again: no group and no vShard is ever removed.
const known = { index: 0, layout: null, nodes: [], groups: new Map(), vShards: new Map() };

/** Nodes, groups and vShards as they are now. */
export async function routing() {
  const answer = await read('Routing/Get', { sinceIndex: String(known.index) });
  const index = number(answer.header?.index);
  if (index < known.index) {
    // Another life of the deployment.
    Object.assign(known, { index: 0, groups: new Map(), vShards: new Map() });
    return routing();
  }
  Object.assign(known, { index, layout: answer.layout ?? null, nodes: answer.nodes ?? [] });
  for (const each of answer.groups ?? []) known.groups.set(each.id ?? 0, each);
  for (const each of answer.vShards ?? []) known.vShards.set(each.id ?? 0, each);
  const inOrder = (map) => [...map.values()].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  return {
    header: answer.header, readAt: performance.now(), layout: known.layout, nodes: known.nodes,
    groups: inOrder(known.groups), vShards: inOrder(known.vShards), groupOf: (id) => known.groups.get(id ?? 0),
  };
}

/** A vShard as it is now. */
export async function vShardOf(id) {
  await routing();
  return known.vShards.get(id) ?? {};
}

export const nodeLink = (id) => (id ? h('a', { href: `#/node/${encodeURIComponent(id)}` }, id) : '');
export const groupLink = (id) => h('a', { href: `#/routing?group=${id ?? 0}` }, String(id ?? 0));

const join = (items) => items.flatMap((item, i) => (i ? [', ', item] : [item]));
export const nodeLinks = (ids) => join((ids ?? []).map(nodeLink));

function engagement(v) {
  const id = v.migrating ?? v.unfenced;
  if (!id) return '';
  return [h('a', { href: `#/migration/${encodeURIComponent(id)}` }, id), v.unfenced ? ' (not fenced)' : ''];
}

function writes(v) {
  if (v.pausedUntilMillis === undefined) return badge('good', 'open');
  const left = number(v.pausedUntilMillis) - now();
  return badge('warn', left > 0 ? `paused, at most ${about(left)}` : 'paused');
}

export function vShardTable(data, rows) {
  return table('vShards', [
    { name: 'vShard', cell: (v) => v.id ?? 0 },
    { name: 'Group', cell: (v) => groupLink(v.group) },
    { name: 'Leaseholder', cell: (v) => nodeLink(v.leaseholder) },
    { name: 'Epoch', num: true, cell: (v) => v.epoch ?? 0 },
    { name: 'Writes', cell: writes },
    { name: 'Replicas', cell: (v) => nodeLinks(data.groupOf(v.group)?.voters) },
    { name: 'Since', num: true, wide: true, cell: (v) => since(v.changedMillis) },
    { name: 'Migration', wide: true, cell: engagement },
  ], rows, { key: (v) => v.id ?? 0, empty: { text: 'No vShard is like that.' } });
}

function groupTable(data, rows) {
  const served = new Map();
  for (const v of data.vShards) served.set(v.group ?? 0, (served.get(v.group ?? 0) ?? 0) + 1);
  const wanted = data.layout?.replicationFactor;
  return table('Groups', [
    { name: 'Group', cell: (g) => groupLink(g.id) },
    { name: 'Voters', cell: (g) => nodeLinks(g.voters) },
    { name: 'Learners', cell: (g) => nodeLinks(g.learners) },
    { name: 'Leaving', cell: (g) => nodeLinks((g.removals ?? []).map((each) => each.node)) },
    { name: 'Leader', cell: (g) => nodeLink(g.leader) || badge('dim', 'not known') },
    { name: 'Config', num: true, wide: true, cell: (g) => g.configVersion ?? 0 },
    {
      name: 'Voters wanted', num: true, wide: true,
      cell: (g) => ((g.voters ?? []).length < (g.replicationFactor ?? wanted) ? badge('warn', g.replicationFactor) : g.replicationFactor),
    },
    { name: 'vShards', num: true, cell: (g) => served.get(g.id ?? 0) ?? 0 },
    { name: 'Since', num: true, wide: true, cell: (g) => since(g.changedMillis) },
  ], rows, { key: (g) => g.id ?? 0 });
}

function asked(query) {
  return {
    node: query.get('node') ?? '', group: query.get('group') ?? '', vshard: query.get('vshard') ?? '',
    page: Math.max(0, number(query.get('page'))),
  };
}

const address = (q) => `#/routing?${new URLSearchParams(Object.entries(q).filter(([, value]) => value !== '' && value !== 0))}`;

function passes(v, q, groupOf) {
  return (q.vshard === '' || String(v.id ?? 0) === q.vshard)
    && (q.group === '' || String(v.group ?? 0) === q.group)
    && (q.node === '' || v.leaseholder === q.node || (groupOf(v.group)?.voters ?? []).includes(q.node));
}

function filters(data, q) {
  const go = (change) => { location.hash = address({ ...q, page: 0, ...change }); };
  return h('form.bar', { role: 'search', onsubmit: (event) => { event.preventDefault(); go({ vshard: new FormData(event.target).get('vshard') }); } },
    h('input.search.short', {
      type: 'search', name: 'vshard', inputmode: 'numeric', value: q.vshard, 'aria-label': 'Number of a vShard', placeholder: 'vShard (press /)',
    }),
    label('Group', select('group', [['', 'any'], ...data.groups.map((g) => [String(g.id ?? 0), String(g.id ?? 0)])], q.group, (event) => go({ group: event.target.value }))),
    label('Node', select('node', [['', 'any'], ...data.nodes.map((n) => [n.id, n.id])], q.node, (event) => go({ node: event.target.value }))));
}

export const routingPage = {
  title: 'Routing',
  hears: (events) => isAbout(events, 'group', 'v_shard', 'routing', 'node', 'leader', 'writes', 'migration', 'removal', 'member'),
  everyMillis: 5_000,
  load: routing,
  render(data, _, query) {
    const head = [h('h1', 'Routing'), stamp(data.header, data.readAt)];
    if (!data.layout) {
      return [...head, emptyState({ text: 'There is no routing yet.', command: 'staddle routing init NODE...' })];
    }
    const q = asked(query);
    const found = data.vShards.filter((v) => passes(v, q, data.groupOf));
    const groups = data.groups.filter((g) => (q.group === '' || String(g.id ?? 0) === q.group)
      && (q.node === '' || [...(g.voters ?? []), ...(g.learners ?? [])].includes(q.node)));
    const shown = found.slice(q.page * PAGE, (q.page + 1) * PAGE);
    const moving = data.vShards.filter((v) => v.migrating).length;
    const at = (page) => address({ ...q, page });
    return [
      ...head,
      h('p', `${counted(data.layout.vShards, 'vShard')} in ${counted(data.layout.groups, 'group')} of ${data.layout.replicationFactor} replicas; ${moving || 'none'} moving.`),
      filters(data, q),
      section('Groups', groups.length ? groupTable(data, groups.slice(0, PAGE)) : emptyState({ text: 'No group is like that.' }),
        groups.length > PAGE ? h('p.note', `The first ${PAGE} of ${counted(groups.length, 'group')}: choose a group or a node to see others.`) : ''),
      section('vShards',
        vShardTable(data, shown),
        h('p.bar', h('span.note', found.length > PAGE ? `${q.page * PAGE + 1} to ${q.page * PAGE + shown.length} of ${counted(found.length, 'vShard')}` : counted(found.length, 'vShard')),
          q.page ? h('a.button', { href: at(q.page - 1) }, 'Back') : '',
          (q.page + 1) * PAGE < found.length ? h('a.button', { href: at(q.page + 1) }, 'Next page') : '')),
    ];
  },
};
