// Servers: who leads, how far each has got, whether their states are equal.

import { everyServer, leaderOf, operate, read, site } from './api.js';
import { h } from './dom.js';
import { badge, label, order, readOnly, section, select, stamp, table } from './parts.js';
import { may } from './session.js';
import { bytes, count, duration, number, serversSay } from './words.js';

/** Whether states are equal, as the servers have compared them. */
export function agreement(servers) {
  const differing = [...new Set(servers.flatMap((each) => each.digest?.differing ?? []))];
  if (differing.length) return { tone: 'bad', text: `differ: ${differing.join(', ')}`, note: 'at an equal index' };
  const agreed = Math.max(...servers.map((each) => number(each.digest?.agreedIndex ?? -1)));
  if (site.servers.length === 1) return { tone: 'dim', text: 'alone', note: 'nobody to compare with' };
  return agreed < 0 ? { tone: 'dim', text: 'not compared', note: 'yet' }
    : { tone: 'good', text: 'equal', note: `up to index ${count(agreed)}` };
}

export function roleBadge(server) {
  if (server.elsewhere) return badge('dim', 'not asked');
  if (server.problem) return badge('bad', 'unreachable');
  if (!server.ready) return badge('warn', `${server.role}, not ready`);
  return badge(server.role === 'leader' ? 'good' : 'plain', server.role);
}

export function serverTable(servers, { brief } = {}) {
  const leader = leaderOf(servers);
  const columns = [
    { name: 'Server', cell: (s) => (s.id === site.server ? [h('b', s.id), ' (this)'] : s.id) },
    { name: 'Role', cell: roleBadge },
    { name: 'Term', num: true, cell: (s) => s.term ?? '' },
    { name: 'Applied', num: true, cell: (s) => (s.problem ? '' : count(s.appliedIndex)) },
    {
      name: 'Behind', num: true, cell: (s) => (s.problem || !leader ? ''
        : count(Math.max(0, number(leader.commitIndex) - number(s.appliedIndex)))),
    },
    { name: 'Uptime', num: true, cell: (s) => (s.problem ? '' : duration(number(s.uptimeMillis))) },
    { name: 'API', wide: true, cell: (s) => h('a', { href: `${location.protocol}//${s.api}/#/servers` }, s.api) },
    { name: 'Snapshot', num: true, wide: true, cell: (s) => (number(s.snapshotIndex) > 0 ? count(s.snapshotIndex) : '') },
    { name: 'Data', num: true, wide: true, cell: (s) => (s.problem ? '' : bytes(s.dataBytes)) },
    { name: 'Digest', wide: true, cell: (s) => (s.digest ? h('code', { title: s.digest.digest }, `${s.digest.digest.slice(0, 12)} at ${s.digest.index ?? 0}`) : '') },
    { name: 'Version', wide: true, cell: (s) => s.version ?? '' },
  ];
  return table('Servers', brief ? columns.slice(0, 6) : columns, servers, { key: (s) => s.id });
}

/** Has another server lead. No event keeps that: it changes nothing that is replicated. */
function transfer(leader, others) {
  return order({
    id: 'transfer', folded: true, recorded: false, title: 'Have another server lead', button: 'Transfer', confirm: leader.id,
    consequence: `${leader.id} leads now, in term ${leader.term}. It hands over to one that has everything: writes wait for some milliseconds.`,
    fields: label('To', select('to', [['', 'any other'], ...others.map((s) => [s.id, s.id])], '')),
    async act(_, { to }) {
      const done = await operate('Servers/TransferLeadership', { to });
      return { tone: 'good', text: `${done.leader} leads after ${done.millis ?? 0} ms` };
    },
  });
}

function stepDown(leader) {
  return order({
    id: 'step-down', folded: true, recorded: false, title: 'Have the leader step down', button: 'Step down', confirm: leader.id,
    consequence: `${leader.id} follows, and the others elect: nothing is written for as long as an election takes. A transfer is quicker.`,
    async act() {
      const done = await operate('Servers/TransferLeadership', { stepDown: true });
      return { tone: 'good', text: `it stepped down after ${done.millis ?? 0} ms` };
    },
  });
}

function leadership(all) {
  const leader = leaderOf(all);
  const others = all.filter((each) => (each.elsewhere || each.ready) && each.id !== leader?.id);
  if (!leader || others.length === 0) return '';
  return section('Leadership', may('admin') ? [transfer(leader, others), stepDown(leader)]
    : readOnly('staddle server transfer-leader --to SERVER', 'admin'));
}

export const servers = {
  title: 'Servers',
  everyMillis: 2_000,
  async load() {
    const [all, config] = await Promise.all([everyServer(), read('Servers/GetConfig')]);
    all.filter((each) => each.logicalNowMillis).slice(0, 1).forEach((each) => serversSay(each.nowMillis));
    return { all, config: config.config ?? {}, header: config.header, readAt: performance.now() };
  },
  render(data) {
    const equal = agreement(data.all);
    const settings = data.config.settings ?? [];
    return [
      h('h1', 'Servers'), stamp(data.header, data.readAt),
      h('p', 'States are ', badge(equal.tone, equal.text), ` ${equal.note}. Deployment `, h('b', site.deployment), `, feature level ${data.config.featureLevel ?? 0}.`),
      serverTable(data.all),
      data.all.filter((each) => each.problem).map((each) => h('p', badge(each.elsewhere ? 'dim' : 'bad', each.id), ` ${each.problem}`)),
      leadership(data.all),
      section('Configuration',
        h('p.note', `Version ${data.config.version ?? 0}. To change it: `, h('code', 'staddle config set KEY=VALUE')),
        table('Settings', [
          { name: 'Setting', cell: (s) => h('code', s.key) },
          { name: 'Value', num: true, cell: (s) => (s.value === s.defaultValue ? s.value : h('b', s.value)) },
          { name: 'Unit', cell: (s) => s.unit ?? '' },
          { name: 'Default', num: true, wide: true, cell: (s) => s.defaultValue },
        ], settings, { key: (s) => s.key, empty: { text: 'Everything has its default.' } })),
    ];
  },
};
