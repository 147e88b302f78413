// Servers: who leads, how far each has got, whether their states are equal.

import { everyServer, leaderOf, read, site } from './api.js';
import { h } from './dom.js';
import { badge, section, stamp, table } from './parts.js';
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
    { name: 'API', wide: true, cell: (s) => h('a', { href: `http://${s.api}/#/servers` }, s.api) },
    { name: 'Snapshot', num: true, wide: true, cell: (s) => (number(s.snapshotIndex) > 0 ? count(s.snapshotIndex) : '') },
    { name: 'Data', num: true, wide: true, cell: (s) => (s.problem ? '' : bytes(s.dataBytes)) },
    { name: 'Digest', wide: true, cell: (s) => (s.digest ? h('code', { title: s.digest.digest }, `${s.digest.digest.slice(0, 12)} at ${s.digest.index ?? 0}`) : '') },
    { name: 'Version', wide: true, cell: (s) => s.version ?? s.problem ?? '' },
  ];
  return table('Servers', brief ? columns.slice(0, 6) : columns, servers, { key: (s) => s.id });
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
      data.all.filter((each) => each.problem).map((each) => h('p', badge('bad', each.id), ` ${each.problem}`)),
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
