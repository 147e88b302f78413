// Clusters: health and role, the deadlines that run, and how that came.

import { call, freshId, History, operate, read } from './api.js';
import { h, svg } from './dom.js';
import { isAbout } from './live.js';
import { badge, facts, order, outcome, readOnly, section, select, since, stamp, story, table } from './parts.js';
import { may } from './session.js';
import { about, clock, code, count, counted, duration, kind, now, number, phase, time, word } from './words.js';

const TONES = {
  HEALTHY: 'good', SUSPECT: 'warn', RECOVERING: 'warn', DRAINING: 'warn', FAILED: 'bad', UNKNOWN: 'dim',
};

export const stateBadge = (cluster) =>
  badge(TONES[code(cluster.state, 'CLUSTER_STATE')] ?? 'dim', word(cluster.state, 'CLUSTER_STATE'));

export const role = (cluster) =>
  word(cluster.role, 'CLUSTER_ROLE') + (cluster.primaryEligible ? '' : ', not eligible');

/** The clusters, by the leader if it can be asked: it alone knows for how long each is silent. */
export async function listClusters(leader) {
  let answer;
  try {
    answer = await read('Clusters/List', {}, leader ?? '');
  } catch {
    answer = await read('Clusters/List');
  }
  return { ...answer, clusters: answer.clusters ?? [], readAt: performance.now() };
}

export async function leaderName() {
  const about = await call('Servers/Describe');
  return about.leader ?? '';
}

/** For how long the leader has heard nothing; it may be counted on until it is read again. */
function silence(cluster, readAt) {
  if (cluster.silentMillis === undefined) return '–';
  return about(number(cluster.silentMillis) + performance.now() - readAt);
}

export function clusterTable(data, { brief } = {}) {
  const columns = [
    { name: 'Cluster', cell: (c) => h('a', { href: `#/cluster/${encodeURIComponent(c.id)}` }, c.id) },
    { name: 'State', cell: stateBadge },
    { name: 'Failover', cell: (c) => { const p = phase(c, data.readAt); return badge(p.tone, p.text); } },
    { name: 'For', num: true, cell: (c) => since(c.stateSinceMillis) },
    ...(brief ? [] : [{ name: 'Silent', num: true, wide: true, cell: (c) => silence(c, data.readAt) }]),
    { name: 'Role', cell: role },
    ...(brief ? [] : [{ name: 'Fence', num: true, cell: (c) => c.fence ?? 0 }]),
    { name: 'Grains', num: true, cell: (c) => count(c.grains) },
    { name: 'Region', wide: true, cell: (c) => c.region ?? '' },
    { name: 'Tier', num: true, wide: true, cell: (c) => c.tierRank ?? 0 },
    { name: 'Paused', wide: true, cell: (c) => (c.pause ? badge('warn', 'yes') : '') },
  ];
  return table('Clusters', brief ? columns.slice(0, 6) : columns, data.clusters, {
    key: (c) => c.id,
    empty: {
      text: 'No cluster is registered.', command: 'staddle cluster register eu-1 --region eu --healthy',
    },
  });
}

const SPANS = [['900000', '15 min'], ['3600000', '1 h'], ['21600000', '6 h'], ['86400000', '24 h']];
const TOLD = [
  'cluster_registered', 'cluster_state_changed', 'cluster_role_changed', 'cluster_fenced',
  'cluster_readmitted', 'cluster_removed', 'move_recorded',
];
let span = '3600000';
let history = null;

/** What was told within the span; of a longer one it is read anew. */
async function told() {
  const start = now() - number(span);
  if (!history || history.sinceMillis > start + 10_000) history = new History({ kinds: TOLD }, start);
  return (await history.more()).events;
}

/** The states of a cluster within the span, the oldest first: from, to, state. */
function stretches(cluster, events, start, end) {
  const own = events.filter((e) => kind(e) === 'cluster_state_changed'
    && e.body.clusterStateChanged.cluster === cluster.id);
  const born = events.find((e) => e.body.clusterRegistered?.cluster?.id === cluster.id);
  const from = Math.max(start, number(born?.atMillis));
  const found = [];
  let at = from;
  let state = own.length ? own[0].body.clusterStateChanged.from : cluster.state;
  for (const event of own) {
    const changed = Math.max(from, number(event.atMillis));
    found.push({ from: at, to: changed, state });
    at = changed;
    state = event.body.clusterStateChanged.to;
  }
  found.push({ from: at, to: end, state: cluster.state });
  return found.filter((each) => each.to > each.from);
}

function lane(cluster, events, start, end) {
  const x = (millis) => ((millis - start) / (end - start)) * 1_000;
  const marks = events.filter((e) => (e.body.clusterFenced?.cluster ?? e.body.clusterReadmitted?.cluster
    ?? e.body.clusterRoleChanged?.cluster) === cluster.id);
  const states = stretches(cluster, events, start, end);
  const words = states.map((s) => `${word(s.state, 'CLUSTER_STATE')} from ${clock(s.from).slice(0, 8)}`);
  return h('div.lane', { key: cluster.id },
    h('span.name', cluster.id),
    svg('svg', { viewBox: '0 0 1000 20', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${cluster.id}: ${words.join(', ')}` },
      states.map((s) => svg(`rect.${TONES[code(s.state, 'CLUSTER_STATE')] ?? 'dim'}`, {
        x: x(s.from).toFixed(1), width: Math.max(2, x(s.to) - x(s.from)).toFixed(1),
        y: code(s.state, 'CLUSTER_STATE') === 'HEALTHY' ? 6 : 0,
        height: code(s.state, 'CLUSTER_STATE') === 'HEALTHY' ? 8 : 20,
      }, svg('title', `${word(s.state, 'CLUSTER_STATE')}, ${time(s.from)} for ${duration(s.to - s.from)}`))),
      marks.map((e) => svg('rect.mark', { x: (x(Math.max(start, number(e.atMillis))) - 1.5).toFixed(1), width: 3, y: 0, height: 20 },
        svg('title', `${kind(e)} at ${time(e.atMillis)}`)))),
    h('span.now', role(cluster)));
}

function timeline(data) {
  const end = now();
  const start = end - number(span);
  const recent = data.events.filter((e) => number(e.atMillis) >= start);
  return section('Timeline',
    h('div.bar', h('label', h('span', 'The last '), select('span', SPANS, span, (event) => {
      span = event.target.value;
      clusters.reload();
    })),
    h('span.legend', badge('good', 'healthy'), badge('warn', 'suspect, recovering, draining'),
      badge('bad', 'failed'), badge('dim', 'unknown'), h('span.badge', h('i.tick'), 'fenced, readmitted or new role'))),
    h('div.lanes', data.clusters.map((c) => lane(c, recent, start, end)),
      h('div.lane.scale', h('span'), h('span.ends', h('span', `${clock(start).slice(0, 5)} UTC`), h('span', 'now')), h('span'))));
}

export const clusters = {
  title: 'Clusters',
  hears: (events) => isAbout(events, 'cluster', 'primacy', 'move', 'failover', 'automation', 'holding'),
  everyMillis: 2_000,
  async load() {
    const [list, events] = await Promise.all([leaderName().then(listClusters), told()]);
    return { ...list, events };
  },
  render(data) {
    const primary = data.primacy?.primary;
    return [
      h('h1', 'Clusters'), stamp(data.header, data.readAt),
      h('p', primary ? ['The primary is ', h('b', primary), `, epoch ${data.primacy.epoch}.`] : 'No cluster is the primary.'),
      data.pause ? h('p', badge('warn', 'automation is paused for all clusters'), ` by ${data.pause.actor ?? ''}: ${data.pause.reason ?? ''}`) : '',
      clusterTable(data),
      data.clusters.length ? timeline(data) : '',
      data.clusters.length ? section('Automation', pause(data.pause)) : '',
    ];
  },
  reload() {},
};

/** Pauses what happens to one cluster, or to all of them, by itself; or ends that. */
function pause(pauseOfNow, id) {
  const verb = pauseOfNow ? 'resume' : 'pause';
  const whom = id ?? 'all clusters';
  if (!may()) return readOnly(`staddle cluster ${verb} ${id ?? '--all'}${pauseOfNow ? '' : ' --reason TEXT'}`);
  return order({
    id: `${verb} ${whom}`, folded: true, confirm: id ? undefined : 'all',
    title: `${pauseOfNow ? 'Resume' : 'Pause'} automation${id ? '' : ' for all clusters'}`,
    consequence: pauseOfNow ? `What happens to ${whom} by itself happens again.`
      : `Nothing happens to ${whom} by itself, no failover either.`,
    button: pauseOfNow ? 'Resume' : 'Pause',
    async act(origin) {
      const request = { ...(id ? { cluster: id } : { all: true }), origin: signed(origin) };
      if (!pauseOfNow) request.reason = origin.reason;
      return outcome(await operate(`Clusters/${pauseOfNow ? 'Resume' : 'Pause'}Automation`, request));
    },
  });
}

const signed = (origin) => ({ ...origin, requestId: freshId() });

function drain(c) {
  if (c.openFailover || code(c.state, 'CLUSTER_STATE') === 'DRAINING') return '';
  if (!may()) return readOnly(`staddle cluster drain ${c.id}`);
  return order({
    id: `drain ${c.id}`, folded: true, title: 'Drain it', button: 'Drain', confirm: c.id,
    consequence: `It gets no more grains, and is failed over at once, without the grace period. It owns ${counted(c.grains, 'grain')}. It comes back when it was restarted, or by readmission.`,
    act: async (origin) => outcome(await operate('Clusters/Drain', { cluster: c.id, seenVersion: c.version, origin: signed(origin) }), `${c.id} drains`),
  });
}

function readmit(c) {
  if (!c.openFailover) return '';
  if (!may()) return readOnly(`staddle cluster readmit ${c.id}`);
  return order({
    id: `readmit ${c.id}`, folded: true, title: 'Readmit it', button: 'Readmit', confirm: c.id,
    consequence: `It was failed over, and is taken back in: it may own grains again, behind fence ${c.fence ?? 0}. It must be recovering, obey its fence and have made up for what it missed.`,
    act: async (origin) => outcome(await operate('Clusters/Readmit', { cluster: c.id, failover: c.openFailover, origin: signed(origin) }), `${c.id} is readmitted`),
  });
}

function promote(c, primacy) {
  if (!primacy?.primary || primacy.primary === c.id || !c.primaryEligible) return '';
  if (!may()) return readOnly(`staddle cluster transfer-primary ${c.id}`);
  return order({
    id: `promote ${c.id}`, folded: true, title: 'Make it the primary', button: 'Make it the primary', confirm: c.id,
    consequence: `It becomes the primary instead of ${primacy.primary}, while both are healthy. No grain moves.`,
    act: async (origin) => outcome(await operate('Clusters/TransferPrimary', {
      from: primacy.primary, to: c.id, seenPrimaryEpoch: primacy.epoch, origin: signed(origin),
    }), `${c.id} is the primary`),
  });
}

export const cluster = {
  title: 'Cluster',
  hears: clusters.hears,
  everyMillis: 2_000,
  async load([id]) {
    const [list, explained] = await Promise.all([
      leaderName().then(listClusters), call('Clusters/Explain', { cluster: id })]);
    return { ...list, id, explained, found: list.clusters.find((each) => each.id === id) };
  },
  render(data) {
    const c = data.found;
    if (!c) return [h('h1', data.id), h('p', 'There is no such cluster.'), h('p', h('a', { href: '#/clusters' }, 'All clusters'))];
    const p = phase(c, data.readAt);
    return [
      h('h1', h('a', { href: '#/clusters' }, 'Clusters'), ' / ', c.id), stamp(data.header, data.readAt),
      facts(
        ['State', stateBadge(c)], ['Since', time(c.stateSinceMillis)], ['Role', role(c)],
        ['Silent', silence(c, data.readAt)], ['Failover', p.text ? badge(p.tone, p.text) : 'none, and no reason for one'],
        ['Fence', `${c.fence ?? 0}, obeys ${c.ackedFence ?? 0}`], ['Grains', [h('a', { href: `#/grains?owner=${encodeURIComponent(c.id)}` }, count(c.grains))]],
        ['Region', c.region ?? ''], ['Endpoint', c.endpoint ?? ''], ['Tier', String(c.tierRank ?? 0)],
        ['Lag', c.lagMillis === undefined ? '' : duration(c.lagMillis)], ['Life', c.incarnation ?? ''],
        ['Open failover', c.openFailover ? h('a', { href: `#/move/${encodeURIComponent(c.openFailover)}` }, c.openFailover) : ''],
        ['Paused', c.pause ? `by ${c.pause.actor ?? ''}: ${c.pause.reason ?? ''}` : 'no']),
      h('p.bar', h('a.button', { href: `#/failover/${encodeURIComponent(c.id)}` }, 'Plan a failover')),
      story(data.explained.explanation),
      section('Operate', drain(c), readmit(c), promote(c, data.primacy), pause(c.pause, c.id)),
    ];
  },
};
