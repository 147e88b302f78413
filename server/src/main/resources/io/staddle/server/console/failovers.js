// Failovers and other moves: what one would do, to carry it out, and those that were.

import { call, freshId, operate, read } from './api.js';
import { leaderName, listClusters, stateBadge } from './clusters.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, emptyState, facts, label, order, outcome, readOnly, refusal, section, select, since, stamp, table } from './parts.js';
import { may } from './session.js';
import { code, count, counted, number, phase, revision, time, word } from './words.js';

const KINDS = {
  failOver: { name: 'Fail over', method: 'FailOver', verb: 'run', says: (id) => `This demotes cluster ${id}.` },
  demoteAndPromote: { name: 'Demote and promote', method: 'DemoteAndPromote', verb: 'cluster demote', says: (id) => `This demotes cluster ${id}, which is the primary.` },
  failBack: { name: 'Fail back', method: 'FailBack', verb: 'back', says: (id) => `This moves grains back to ${id}.` },
  evacuate: { name: 'Evacuate', method: 'Evacuate', verb: 'evacuate', says: (id) => `This moves grains away from ${id}.` },
};

const moveWord = (kind) => word(kind, 'MOVE_KIND').replace(' ', '-');

const FATES = {
  MOVED: (m) => badge('good', m.to), STRANDED: () => badge('bad', 'stranded'), KEPT: () => badge('warn', 'stays'),
};

function obstacle(o) {
  switch (code(o?.kind, 'KIND')) {
    case 'NOBODY_FIT': return `nobody of ${(o.allowed ?? []).join(', ') || 'all clusters'} can take over`;
    case 'NAMED_UNFIT': return `${o.named} cannot: ${word(o.why, 'UNFITNESS')}`;
    case 'NAMED_FORBIDDEN': return `placement allows ${(o.allowed ?? []).join(', ')}`;
    default: return '';
  }
}

/** What happens to the grains, by type and fate: several holdings of a type are one to the reader. */
function holdings(move) {
  const rows = new Map();
  for (const each of move.holdings ?? []) {
    const id = [each.type, each.from, each.fate, each.to ?? '', obstacle(each.obstacle)].join(' ');
    const row = rows.get(id) ?? { ...each, grains: 0, id };
    row.grains += number(each.grains);
    rows.set(id, row);
  }
  return table('What moves', [
    { name: 'Type', cell: (m) => m.type },
    { name: 'Grains', num: true, cell: (m) => count(m.grains) },
    { name: 'From', cell: (m) => m.from },
    { name: 'To', cell: (m) => FATES[code(m.fate, 'FATE')]?.(m) ?? '' },
    { name: 'Why', long: true, cell: (m) => obstacle(m.obstacle) },
  ], [...rows.values()].sort((a, b) => a.id.localeCompare(b.id)), {
    key: (m) => m.id, empty: { text: 'No grains move: there are none to move.' },
  });
}

const total = (move, fate) => (move.holdings ?? []).filter((each) => code(each.fate, 'FATE') === fate)
  .reduce((sum, each) => sum + number(each.grains), 0);

function roleWords(demotion) {
  if (!demotion || number(demotion.primaryEpoch) === 0) return '';
  return `${demotion.promoted || 'nobody'} is the primary, epoch ${demotion.primaryEpoch}`;
}

export const failovers = {
  title: 'Failovers',
  hears: (events) => isAbout(events, 'cluster', 'move', 'primacy', 'failover', 'automation'),
  everyMillis: 2_000,
  async load() {
    const [list, moves] = await Promise.all([leaderName().then(listClusters), read('Clusters/ListMoves')]);
    return { ...list, moves: moves.moves ?? [] };
  },
  render(data) {
    return [
      h('h1', 'Failovers'), stamp(data.header, data.readAt),
      table('Clusters', [
        { name: 'Cluster', cell: (c) => h('a', { href: `#/cluster/${encodeURIComponent(c.id)}` }, c.id) },
        { name: 'State', cell: stateBadge },
        { name: 'Failover', cell: (c) => { const p = phase(c, data.readAt); return badge(p.tone, p.text); } },
        { name: 'Grains', num: true, cell: (c) => count(c.grains) },
        { name: 'Open', wide: true, cell: (c) => (c.openFailover ? h('a', { href: `#/move/${encodeURIComponent(c.openFailover)}` }, c.openFailover) : '') },
        { name: '', cell: (c) => h('a.button', { href: `#/failover/${encodeURIComponent(c.id)}`, 'aria-label': `Plan a failover of ${c.id}` }, 'Plan') },
      ], data.clusters, {
        key: (c) => c.id, empty: { text: 'No cluster is registered.', command: 'staddle cluster register eu-1 --region eu --healthy' },
      }),
      section('Moves', table('Moves', [
        { name: 'Move', id: true, cell: (m) => h('a', { href: `#/move/${encodeURIComponent(m.id)}`, title: m.id }, m.id) },
        { name: 'Kind', cell: (m) => moveWord(m.kind) },
        { name: 'Cluster', cell: (m) => m.cluster },
        { name: 'Moved', num: true, cell: (m) => count(m.grainsMoved) },
        { name: 'Stranded', num: true, cell: (m) => (number(m.grainsStranded) ? badge('bad', count(m.grainsStranded)) : '0') },
        { name: 'Fence', num: true, wide: true, cell: (m) => m.fence ?? 0 },
        { name: 'Revision', num: true, wide: true, cell: (m) => revision(m.revision) },
        { name: 'Ago', num: true, cell: (m) => since(m.atMillis) },
      ], data.moves, { key: (m) => m.id, empty: { text: 'Nothing was ever moved.', command: 'staddle failover plan CLUSTER' } })),
    ];
  },
};

export const move = {
  title: 'Move',
  everyMillis: 10_000,
  async load([id]) {
    const moves = await read('Clusters/ListMoves');
    return { header: moves.header, readAt: performance.now(), id, found: (moves.moves ?? []).find((each) => each.id === id) };
  },
  render(data) {
    const m = data.found;
    const head = [h('h1', h('a', { href: '#/failovers' }, 'Failovers'), ' / ', data.id), stamp(data.header, data.readAt)];
    if (!m) return [...head, emptyState({ text: 'There is no such move.', command: 'staddle failover list' })];
    return [
      ...head,
      facts(
        ['Kind', moveWord(m.kind)], ['Cluster', h('a', { href: `#/cluster/${encodeURIComponent(m.cluster)}` }, m.cluster)],
        ['Moved', counted(m.grainsMoved, 'grain')], ['Stranded', counted(m.grainsStranded, 'grain')],
        ['Fence', m.fence ?? 0], ['Revision', revision(m.revision)], ['At', time(m.atMillis)],
        ['Cause', m.demotion ? word(m.demotion.cause, 'FAILOVER_CAUSE') : ''], ['Role', roleWords(m.demotion) || 'stayed']),
      section('What moved', holdings(m)),
    ];
  },
};

// What is planned on the page of a cluster.
const wish = { cluster: '', kind: 'failOver', to: '', force: false, plan: '', id: '', changed: false, done: null };

function command(cluster) {
  const bare = { cluster: cluster.id };
  if (wish.kind !== 'failBack' && wish.to) bare.successor = wish.to;
  if (wish.kind === 'failOver' || wish.kind === 'demoteAndPromote') bare.seenFence = cluster.fence;
  if (wish.kind === 'failOver') Object.assign(bare, { cause: 'FAILOVER_CAUSE_OPERATOR', force: wish.force });
  return bare;
}

function inCli(cluster) {
  const to = wish.to && wish.kind !== 'failBack' ? ` --to ${wish.to}` : '';
  const topic = wish.kind === 'demoteAndPromote' ? KINDS[wish.kind].verb : `failover ${KINDS[wish.kind].verb}`;
  return `staddle ${topic} ${cluster.id}${to}${wish.kind === 'failOver' && wish.force ? ' --force' : ''}`;
}

async function carryOut(data, origin) {
  const request = { ...command(data.found), moveId: wish.id, plan: data.plan.id, origin: { ...origin, requestId: wish.id } };
  const became = await operate(`Clusters/${KINDS[wish.kind].method}`, request);
  if (!became.refusal) wish.done = became.move;
  failover.reload();
  return outcome(became);
}

function plan(data) {
  const { plan: p, found: c } = data;
  if (data.refusal) return refusal(data.refusal);
  const held = p.heldBy ?? [];
  const healthy = held.some((why) => why.code === 'ILLEGAL_TRANSITION') && wish.kind === 'failOver' && !wish.force;
  const kept = total(p.move, 'KEPT');
  const role = roleWords(p.move.demotion);
  return [
    holdings(p.move),
    h('p.lead', `${counted(total(p.move, 'MOVED'), 'grain')} would move, ${count(total(p.move, 'STRANDED'))} would be stranded${kept ? `, ${count(kept)} would stay` : ''}.`,
      role ? ` Then ${role}.` : ''),
    (p.backlogs ?? []).filter((each) => number(each.entries)).map((each) => h('p', badge('warn', counted(each.entries, 'write')), ` to replay: ${each.cluster}`)),
    held.map(refusal),
    healthy ? h('p.note', `${c.id} is healthy. Tick "though it is healthy" to fail it over all the same.`) : '',
    h('p.note', 'Plan ', h('code', p.id), ` of revision ${revision(p.move.revision)}; nothing was changed.`,
      wish.changed ? [' ', badge('warn', 'it has changed since you looked')] : ''),
    held.length ? '' : may() ? order({
      id: p.id, title: 'Carry it out', consequence: KINDS[wish.kind].says(c.id), confirm: c.id,
      button: KINDS[wish.kind].name, act: (origin) => carryOut(data, origin),
    }) : readOnly(`staddle failover apply ${p.id}`),
  ];
}

function chosen(change) {
  Object.assign(wish, change, { plan: '', changed: false, done: null });
  failover.reload();
}

function choices(data) {
  const others = data.clusters.filter((each) => each.id !== wish.cluster).map((each) => [each.id, each.id]);
  return h('div.bar',
    label('Move', select('kind', Object.entries(KINDS).map(([value, { name }]) => [value, name]), wish.kind, (event) => chosen({ kind: event.target.value }))),
    wish.kind === 'failBack' ? '' : label('To', select('to', [['', 'whom placement allows'], ...others], wish.to, (event) => chosen({ to: event.target.value }))),
    wish.kind === 'failOver' ? h('label.check', h('input', { type: 'checkbox', name: 'force', onchange: (event) => chosen({ force: event.target.checked }) }), 'though it is healthy') : '');
}

export const failover = {
  title: 'Failover',
  hears: failovers.hears,
  everyMillis: 5_000,
  async load([id]) {
    if (wish.cluster !== id) Object.assign(wish, { cluster: id, kind: 'failOver', to: '', force: false, plan: '', changed: false, done: null });
    const list = await leaderName().then(listClusters);
    const found = list.clusters.find((each) => each.id === id);
    if (!found || wish.done) return { ...list, found };
    const answer = await call('Clusters/PlanMove', { [wish.kind]: command(found) });
    const fresh = answer.plan?.id ?? '';
    if (fresh !== wish.plan) Object.assign(wish, { changed: wish.plan !== '', plan: fresh, id: freshId() });
    return { ...list, found, plan: answer.plan, refusal: answer.refusal };
  },
  leave: () => { wish.cluster = ''; },
  render(data, [id]) {
    const head = [h('h1', h('a', { href: '#/failovers' }, 'Failovers'), ' / ', id), stamp(data.header, data.readAt)];
    if (!data.found) return [...head, emptyState({ text: 'There is no such cluster.', command: 'staddle cluster list' })];
    if (wish.done) {
      const m = wish.done;
      return [...head,
        h('p.lead', { role: 'status' }, badge('good', `${moveWord(m.kind)} done`), ` ${counted(m.grainsMoved, 'grain')} moved, ${count(m.grainsStranded)} stranded, fence ${m.fence}, revision ${revision(m.revision)}.`),
        holdings(m),
        h('p.bar', h('a.button', { href: `#/move/${encodeURIComponent(m.id)}` }, 'The move'), h('a.button', { href: `#/cluster/${encodeURIComponent(id)}` }, id))];
    }
    return [...head, choices(data), section('What it would do', plan(data)),
      h('p.note', 'With the CLI: ', h('code', `${inCli(data.found)} --dry-run`))];
  },
  reload() {},
};
