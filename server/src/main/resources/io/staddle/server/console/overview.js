// Overview: is all well, and if not, where to look.

import { everyServer, leaderOf, metrics, read } from './api.js';
import { clusterTable, listClusters } from './clusters.js';
import { h } from './dom.js';
import { live } from './live.js';
import { badge, card, eventList, section, spark, stamp } from './parts.js';
import { agreement, serverTable } from './servers.js';
import { code, count, counted, duration, number, phase, rate, serversSay, waiting } from './words.js';

const POINTS = 60;
const rates = { before: null, commands: [], queries: [], now: {} };

/** Sums what the servers count, and what became of it since the last time. */
async function measure(servers) {
  const sheets = await Promise.all(servers.filter((each) => !each.problem)
    .map((each) => metrics(each.id).catch(() => new Map())));
  const sum = (name) => sheets.reduce((total, sheet) => total + (sheet.get(name) ?? 0), 0);
  const found = {
    at: performance.now(),
    servers: sheets.length,
    commands: sum('staddle_commands_total'),
    queries: sum('staddle_queries_total') + sum('staddle_fence_checks_total'),
    seconds: sum('staddle_commit_seconds_sum'),
    entries: sum('staddle_commit_seconds_count'),
  };
  const { before } = rates;
  rates.before = found;
  // A server that came or went has changed the sums.
  if (!before || before.servers !== found.servers || found.commands < before.commands) return;
  const seconds = (found.at - before.at) / 1_000;
  if (seconds < 0.2) {
    rates.before = before;
    return;
  }
  const entries = found.entries - before.entries;
  rates.now = {
    commands: (found.commands - before.commands) / seconds,
    queries: Math.max(0, found.queries - before.queries) / seconds,
    commit: entries > 0 ? (found.seconds - before.seconds) / entries * 1_000 : undefined,
  };
  for (const name of ['commands', 'queries']) {
    rates[name].push(rates.now[name]);
    if (rates[name].length > POINTS) rates[name].shift();
  }
}

const clusterLink = (c) => h('a', { href: `#/cluster/${encodeURIComponent(c.id)}` }, c.id);

/** What an operator may have to do something about, the worst first. */
function concerns(data) {
  const found = [];
  const add = (tone, ...words) => found.push({ tone, words });
  const equal = agreement(data.servers);
  if (equal.tone === 'bad') add('bad', 'States of servers ', equal.text);
  if (!leaderOf(data.servers)) add('bad', 'No server leads: nothing can be written');
  for (const each of data.servers) {
    if (each.elsewhere) continue;
    if (each.problem) add('bad', `Server ${each.problem}`);
    else if (!each.ready) add('warn', `Server ${each.id} is not ready`);
  }
  if (data.pause) add('warn', `Automation is paused for all clusters by ${data.pause.actor ?? ''}: ${data.pause.reason ?? ''}`);
  for (const each of data.clusters) {
    const p = phase(each, data.readAt);
    const state = code(each.state, 'CLUSTER_STATE');
    if (state === 'FAILED') add('bad', 'Cluster ', clusterLink(each), ' has failed; failover ', p.text || 'none');
    else if (state === 'SUSPECT') add('warn', 'Cluster ', clusterLink(each), ' is suspect; failover ', p.text || 'not due');
    else if (p.tone === 'bad') add('bad', 'Cluster ', clusterLink(each), `: failover ${p.text}`);
    if (each.pause) add('warn', 'Automation is paused for ', clusterLink(each), `: ${each.pause.reason ?? ''}`);
  }
  if (data.stranded > 0) add('bad', `${counted(data.stranded, 'grain')} stranded: no cluster may own them. `, h('a', { href: '#/grains?all=1' }, 'Grains'));
  for (const each of data.queues) {
    if (number(each.queue.entries) > 0) add('warn', h('a', { href: '#/replay' }, counted(each.queue.entries, 'write')), ` to replay for ${each.queue.target}, the oldest for ${duration(number(each.oldestAgeMillis))}`);
  }
  for (const each of data.migrations) {
    const since = number(each.waiting?.sinceMillis);
    if (since && data.nowMillis - since > 60_000) add('warn', h('a', { href: `#/migration/${encodeURIComponent(each.id)}` }, each.id), ` waits for ${waiting(each.waiting)}, for ${duration(data.nowMillis - since)}`);
  }
  return found;
}

export const overview = {
  title: 'Overview',
  everyMillis: 2_000,
  hears: (events) => events.length > 0,
  async load() {
    const servers = await everyServer();
    const leader = leaderOf(servers);
    const [list, grains, migrations, replay] = await Promise.all([
      listClusters(leader?.id), read('Directory/CountGrains'), read('Migrations/List', { finishedMax: 0 }),
      read('Replay/Status'), measure(servers)]);
    const answering = servers.find((each) => !each.problem && each.id === leader?.id) ?? servers.find((each) => !each.problem);
    if (answering) serversSay(answering.nowMillis);
    return {
      ...list, servers, leader,
      nowMillis: number(answering?.logicalNowMillis),
      grains: number(grains.total),
      stranded: (grains.counts ?? []).filter((each) => !each.owner).reduce((sum, each) => sum + number(each.grains), 0),
      migrations: migrations.migrations ?? [],
      queues: replay.queues ?? [],
    };
  },
  render(data) {
    const { leader } = data;
    const ready = data.servers.filter((each) => each.ready && !each.problem).length;
    const asked = data.servers.filter((each) => !each.elsewhere);
    const silent = asked.filter((each) => each.problem).map((each) => each.id);
    const equal = agreement(data.servers);
    const found = concerns(data);
    const healthy = data.clusters.filter((each) => code(each.state, 'CLUSTER_STATE') === 'HEALTHY').length;
    const fenced = data.clusters.filter((each) => each.openFailover).length;
    return [
      h('h1', 'Overview'), stamp(data.header, data.readAt),
      h('div.cards',
        card('Leader', leader ? leader.id : badge('bad', 'none'), leader ? `term ${leader.term}` : ''),
        card('Servers ready', `${ready} of ${asked.length}`, asked.length < data.servers.length ? 'each console asks its own' : silent.join(', ')),
        card('Digests', badge(equal.tone, equal.text), equal.note),
        card('Applied index', count(leader?.appliedIndex ?? data.header?.index), `stream at ${count(live.through)}`),
        card('Commands', [rate(rates.now.commands), h('small', ' /s')], rates.now.commit === undefined ? 'no entry lately' : `commit ${rates.now.commit.toFixed(1)} ms`, spark(rates.commands, 'commands a second')),
        card('Reads', [rate(rates.now.queries), h('small', ' /s')], 'lookups, fence checks', spark(rates.queries, 'reads a second')),
        card('Grains', count(data.grains), data.stranded ? badge('bad', `${count(data.stranded)} stranded`) : 'none stranded'),
        card('Clusters healthy', `${healthy} of ${data.clusters.length}`, fenced ? `${counted(fenced, 'failover')} open` : 'no failover open')),
      section('What needs somebody', h('div.concerns', found.length === 0 ? h('p', badge('good', 'Nothing.'))
        : h('ul.plain', found.map((each) => h('li', badge(each.tone, each.tone === 'bad' ? 'act' : 'look'), ' ', each.words))))),
      h('div.columns',
        h('div', section('Servers', serverTable(data.servers, { brief: true })), section('Clusters', clusterTable(data, { brief: true }))),
        section('Latest events', eventList(live.events.slice(-16).reverse(), { text: 'Nothing happened yet.' }, '.brief'),
          h('p', h('a', { href: '#/events' }, 'All events')))),
    ];
  },
};
