// A plan of moves of vShards: what would begin now and why, what is held back, and what each node has then.

import { call, operate, freshId } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, emptyState, label, order, outcome, readOnly, refusal, section, select, stamp, table } from './parts.js';
import { groupLink, nodeLink, routing } from './routing.js';
import { may } from './session.js';
import { code, counted, number, word } from './words.js';

const BUDGETS = [['100000', '100 ms'], ['500000', '500 ms'], ['2000000', '2 s'], ['10000000', '10 s']];

const shown = { id: '', changed: false, begun: null, data: null };

const WHY = {
  DRAIN: (s) => `${s.relieved} leaves`,
  SURPLUS: (s) => `so that ${s.relieved} can leave group ${s.group ?? 0}, which has more voters than it needs`,
  REPLICAS: (s) => `${s.relieved} replicates more groups than others`,
  LEASES: (s) => `${s.relieved} serves more vShards than others`,
};

function asked(query) {
  if (query.get('drain')) return { drain: query.get('drain') };
  return query.get('fill') ? { fill: query.get('fill') } : {};
}

/** What only the plan itself begins goes by no name that anybody could look for. */
function whyHeld(p, why) {
  const first = (p.shifts ?? []).find((s) => why?.facts?.migration === `plan-${s.vShard ?? 0}`);
  return first ? `until that of vShard ${first.vShard ?? 0} is over, which makes ${first.target} a member of group ${first.group ?? 0}.`
    : `by ${why?.code}: ${why?.message}. ${why?.next ?? ''}`;
}

function inCli(wish) {
  const [verb, node] = Object.entries(wish)[0] ?? [];
  return verb ? ` --${verb} ${node}` : '';
}

/** Whoever is about to confirm a plan is not shown another one meanwhile; the servers refuse one that is out of date. */
const isBeingConfirmed = () => document.activeElement?.closest('form.order') && shown.data;

async function load(_, query) {
  const wish = asked(query);
  const key = JSON.stringify(wish);
  if (shown.key !== key) Object.assign(shown, { key, id: '', changed: false, begun: null, data: null });
  if (isBeingConfirmed() || shown.begun) return shown.data;
  const [answer, { nodes }] = await Promise.all([call('Migrations/Plan', Object.keys(wish).length ? { wish } : {}), routing()]);
  const id = answer.plan?.id ?? '';
  shown.changed = shown.id !== '' && shown.id !== id;
  shown.id = id;
  shown.data = { ...answer, wish, nodes, readAt: performance.now() };
  return shown.data;
}

function shifts(p) {
  return table('What would move', [
    { name: 'vShard', cell: (s) => s.vShard ?? 0 },
    { name: 'Group', cell: (s) => groupLink(s.group) },
    { name: 'From', cell: (s) => nodeLink(s.source) },
    { name: 'To', cell: (s) => nodeLink(s.target) },
    { name: 'Copies', cell: (s) => (code(s.targetIs, 'MEMBERSHIP') === 'VOTER' ? 'nothing' : 'data') },
    { name: 'Why', long: true, cell: (s) => WHY[code(s.why, 'SHIFT_REASON')]?.(s) ?? word(s.why, 'SHIFT_REASON') },
  ], p.shifts ?? [], { key: (s) => s.vShard ?? 0, empty: { text: 'Nothing is to be moved now. Only active nodes that were heard lately get more.' } });
}

function loads(p) {
  const then = (before, after) => (number(before) === number(after) ? number(after) : h('b', number(after)));
  return table('What each node has', [
    { name: 'Node', cell: (l) => nodeLink(l.node) },
    { name: 'State', wide: true, cell: (l) => word(l.state, 'NODE_STATE') },
    { name: 'vShards', num: true, cell: (l) => number(l.vShards) },
    { name: 'Then', num: true, cell: (l) => then(l.vShards, l.vShardsThen) },
    { name: 'Replicas', num: true, cell: (l) => number(l.replicas) },
    { name: 'Then', num: true, cell: (l) => then(l.replicas, l.replicasThen) },
  ], p.loads ?? [], { key: (l) => l.node, empty: { text: 'No node takes part.' } });
}

function apply(p, wish) {
  const moves = counted((p.shifts ?? []).length, 'vShard');
  if (!(p.shifts ?? []).length) return '';
  if (!may()) return readOnly(`staddle migration apply ${p.id}${inCli(wish)}`);
  return order({
    id: 'apply', title: 'Begin these moves', button: 'Begin', confirm: Object.values(wish)[0] ?? 'move',
    consequence: `This moves ${moves}, all of them or none.`,
    fields: label('Writes paused at most', select('budget', BUDGETS, '500000')),
    async act(origin, { budget }) {
      const became = await operate('Migrations/Apply', {
        plan: p.id, targets: p.shifts.map((s) => ({ vShard: s.vShard ?? 0, node: s.target })), budgetMicros: budget,
        origin: { ...origin, requestId: freshId() },
      });
      if (!became.refusal) shown.begun = p.shifts.length;
      document.activeElement?.blur();
      plan.reload();
      return outcome(became, 'Begun');
    },
  });
}

function choices(data) {
  const [verb = 'even', node = ''] = Object.entries(data.wish)[0] ?? [];
  const go = (nextVerb, nextNode) => {
    const name = nextNode || (data.nodes[0]?.id ?? '');
    location.hash = nextVerb === 'even' ? '#/plan' : `#/plan?${nextVerb}=${encodeURIComponent(name)}`;
  };
  return h('div.bar',
    label('So that', select('verb', [['even', 'all have about as much'], ['drain', 'one node is emptied'], ['fill', 'one node has as much as others']], verb, (event) => go(event.target.value, node))),
    verb === 'even' ? '' : label('Node', select('node', data.nodes.map((n) => [n.id, n.id]), node, (event) => go(verb, event.target.value))));
}

export const plan = {
  title: 'Plan',
  hears: (events) => isAbout(events, 'migration', 'node', 'group', 'v_shard', 'config'),
  everyMillis: 5_000,
  load,
  leave: () => { shown.key = ''; },
  render(data) {
    const head = [h('h1', h('a', { href: '#/migrations' }, 'Migrations'), ' / plan'), stamp(data.header, data.readAt)];
    if (shown.begun) {
      return [...head, h('p.lead', { role: 'status' }, badge('good', `${counted(shown.begun, 'migration')} begun`)),
        h('p.bar', h('a.button', { href: '#/migrations' }, 'Migrations'), h('button', { type: 'button', onclick: () => { shown.begun = null; plan.reload(); } }, 'Plan again'))];
    }
    if (data.refusal) return [...head, choices(data), refusal(data.refusal)];
    const p = data.plan;
    return [
      ...head, choices(data),
      section('What would move', shifts(p),
        (p.held ?? []).map((held) => h('p', badge('warn', number(held.moves) ? `${counted(held.moves, 'more move')} held back` : 'held back'), ` ${whyHeld(p, held.why)}`)),
        h('p.note', 'Plan ', h('code', p.id), '; nothing was changed.', shown.changed ? [' ', badge('warn', 'it has changed since you looked')] : ''),
        apply(p, data.wish)),
      section('What each node has, and would have in the end', loads(p)),
      h('p.note', 'With the CLI: ', h('code', `staddle migration plan${inCli(data.wish)}`)),
    ];
  },
  reload() {},
};
