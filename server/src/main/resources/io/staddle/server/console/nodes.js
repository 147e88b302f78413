// Data nodes: which life of each, what it holds and serves; and to empty it, fill it, let it go.

import { freshId, operate } from './api.js';
import { h } from './dom.js';
import { badge, emptyState, facts, order, outcome, readOnly, section, since, stamp, table } from './parts.js';
import { groupLink, nodeLink, routing, routingPage, vShardTable } from './routing.js';
import { may } from './session.js';
import { code, counted, word } from './words.js';

const SHOWN = 50;
const TONES = { ACTIVE: 'good', DRAINING: 'warn', DECOMMISSIONED: 'dim', JOINING: 'plain', LEARNER: 'plain' };

const stateOf = (n) => code(n.state, 'NODE_STATE');
const stateBadge = (n) => badge(TONES[stateOf(n)] ?? 'dim', word(n.state, 'NODE_STATE') + (n.leaves ? ', for good' : ''));

/** What a node has to do with groups and vShards. */
function share(n, data) {
  const where = (holds) => data.groups.filter(holds).map((g) => g.id ?? 0);
  return {
    serves: data.vShards.filter((v) => v.leaseholder === n.id),
    votesIn: where((g) => (g.voters ?? []).includes(n.id)),
    learnsIn: where((g) => (g.learners ?? []).includes(n.id)),
    leads: where((g) => g.leader === n.id),
    leaving: where((g) => (g.removals ?? []).some((each) => each.node === n.id)),
  };
}

export const nodes = {
  title: 'Nodes',
  hears: routingPage.hears,
  everyMillis: 5_000,
  load: routing,
  render(data) {
    const rows = data.nodes.map((n) => ({ ...n, ...share(n, data) }));
    return [
      h('h1', 'Nodes'), stamp(data.header, data.readAt),
      h('p', data.layout ? `${counted(rows.length, 'data node')}, ${counted(data.layout.vShards, 'vShard')} in ${counted(data.layout.groups, 'group')}. ` : 'There is no routing yet. ', h('a', { href: '#/routing' }, 'Routing')),
      table('Nodes', [
        { name: 'Node', cell: (n) => nodeLink(n.id) },
        { name: 'State', cell: stateBadge },
        { name: 'Serves', num: true, cell: (n) => n.serves.length },
        { name: 'Votes in', num: true, cell: (n) => n.votesIn.length },
        { name: 'Leads', num: true, cell: (n) => n.leads.length },
        { name: 'Learns in', num: true, wide: true, cell: (n) => n.learnsIn.length },
        { name: 'Leaves', num: true, wide: true, cell: (n) => n.leaving.length },
        { name: 'Life', num: true, cell: (n) => n.incarnation ?? 0 },
        { name: 'Heard', num: true, cell: (n) => since(n.seenMillis) },
        { name: 'Address', wide: true, cell: (n) => `${n.host}:${n.port ?? 0}` },
      ], rows, {
        key: (n) => n.id, empty: { text: 'No data node is registered.', command: 'staddle node register n1 10.0.0.1:7000' },
      }),
    ];
  },
};

const groupLinks = (ids) => (ids.length ? ids.flatMap((id, i) => (i ? [', ', groupLink(id)] : [groupLink(id)])) : 'no group');

const signed = (origin) => ({ ...origin, requestId: freshId() });

async function become(n, state, origin, done) {
  return outcome(await operate('Routing/SetNodeState', {
    node: n.id, state: `NODE_STATE_${state}`, seenVersion: n.version, origin: signed(origin),
  }), done);
}

function drain(n, has) {
  if (!['ACTIVE', 'LEARNER'].includes(stateOf(n))) return '';
  return order({
    id: `drain ${n.id}`, folded: true, title: 'Drain it', button: 'Drain', confirm: n.id,
    consequence: `It gets nothing new, and what it has moves away: it serves ${counted(has.serves.length, 'vShard')} and votes in ${counted(has.votesIn.length, 'group')}. They move by themselves, unless balance.auto-drain is 0.`,
    act: (origin) => become(n, 'DRAINING', origin, `${n.id} gets nothing new`),
  });
}

/** As `node fill`: it is made active, and what would move to it is shown before anything does. */
function fill(n) {
  const fillPlan = `#/plan?fill=${encodeURIComponent(n.id)}`;
  if (stateOf(n) === 'ACTIVE' || stateOf(n) === 'DECOMMISSIONED' || n.leaves) return '';
  return order({
    id: `fill ${n.id}`, folded: true, title: 'Activate and fill it', button: 'Activate', confirm: n.id,
    consequence: 'It may hold replicas and serve vShards. What would then move to it is shown next, and not before that is confirmed does it move.',
    async act(origin) {
      const became = await become(n, 'ACTIVE', origin, `${n.id} is active`);
      if (became.tone === 'good') location.hash = fillPlan;
      return became;
    },
  });
}

function leave(n) {
  if (n.leaves || stateOf(n) === 'DECOMMISSIONED') return '';
  return order({
    id: `leave ${n.id}`, folded: true, title: 'Decommission it', button: 'Decommission', confirm: n.id,
    consequence: 'It leaves for good: it is decommissioned by itself once it is in no group. Drain it first, so that others take its place.',
    act: async (origin) => outcome(await operate('Routing/DecommissionNode', { node: n.id, seenVersion: n.version, origin: signed(origin) }), `${n.id} leaves`),
  });
}

function operations(n, has) {
  const id = encodeURIComponent(n.id);
  return section('Operate',
    h('p.bar', h('a.button', { href: `#/plan?drain=${id}` }, 'Plan to empty it'),
      stateOf(n) === 'ACTIVE' ? h('a.button', { href: `#/plan?fill=${id}` }, 'Plan to fill it') : ''),
    may() ? [drain(n, has), fill(n), leave(n)] : readOnly(`staddle node drain|fill|decommission ${n.id}`));
}

export const node = {
  title: 'Node',
  hears: routingPage.hears,
  everyMillis: 5_000,
  load: routing,
  render(data, [id]) {
    const head = [h('h1', h('a', { href: '#/nodes' }, 'Nodes'), ' / ', id), stamp(data.header, data.readAt)];
    const n = data.nodes.find((each) => each.id === id);
    if (!n) return [...head, emptyState({ text: 'There is no such node.', command: 'staddle node list' })];
    const has = share(n, data);
    return [
      ...head,
      facts(
        ['State', stateBadge(n)], ['Version', n.version ?? '0'], ['Address', `${n.host}:${n.port ?? 0}`],
        ['Life', `incarnation ${n.incarnation ?? 0}`], ['Heard', since(n.seenMillis)], ['Serves', counted(has.serves.length, 'vShard')],
        ['Votes in', groupLinks(has.votesIn)], ['Leads', groupLinks(has.leads)], ['Learns in', groupLinks(has.learnsIn)], ['Leaves', groupLinks(has.leaving)]),
      operations(n, has),
      section('What it serves', has.serves.length ? vShardTable(data, has.serves.slice(0, SHOWN)) : emptyState({ text: 'It serves no vShard.' }),
        has.serves.length > SHOWN ? h('p', h('a', { href: `#/routing?node=${encodeURIComponent(id)}` }, 'All that it serves or replicates')) : ''),
    ];
  },
};
