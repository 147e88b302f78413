// Replay queues: writes that clusters have yet to make up for.

import { read } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, section, since, stamp, table } from './parts.js';
import { bytes, count, counted, duration, number } from './words.js';

export const replay = {
  title: 'Replay',
  hears: (events) => isAbout(events, 'replay'),
  everyMillis: 3_000,
  async load() {
    const answer = await read('Replay/Status');
    return { ...answer, queues: answer.queues ?? [], readAt: performance.now() };
  },
  render(data) {
    const origins = data.queues.flatMap((each) => (each.origins ?? []).map((origin) => ({ ...origin, target: each.queue.target })));
    const waits = (q) => duration(number(q.oldestAgeMillis) + performance.now() - data.readAt);
    return [
      h('h1', 'Replay'), stamp(data.header, data.readAt),
      table('Queues', [
        { name: 'Cluster', cell: (q) => h('a', { href: `#/cluster/${encodeURIComponent(q.queue.target)}` }, q.queue.target) },
        { name: 'Entries', num: true, cell: (q) => (number(q.queue.entries) ? badge('warn', count(q.queue.entries)) : badge('good', '0')) },
        { name: 'Bytes', num: true, cell: (q) => bytes(q.queue.bytes) },
        { name: 'Oldest', num: true, cell: (q) => (number(q.queue.entries) ? waits(q) : '') },
        { name: 'Acked', num: true, cell: (q) => count(q.queue.ackedSeq) },
        { name: 'Next', num: true, wide: true, cell: (q) => count(q.queue.nextSeq) },
        { name: 'Last ack', num: true, cell: (q) => since(q.queue.lastAckMillis) },
        { name: 'By', wide: true, cell: (q) => q.queue.lastAckBy ?? '' },
      ], data.queues, {
        key: (q) => q.queue.target,
        empty: { text: 'No cluster has missed anything.', command: 'staddle replay append CLUSTER --origin OTHER --key cart/42 --value TEXT' },
      }),
      origins.length ? section('Where the writes come from', table('Origins', [
        { name: 'Origin', cell: (o) => o.originCluster },
        { name: 'Queue of', cell: (o) => o.target },
        { name: 'Highest', num: true, cell: (o) => count(o.highest) },
        { name: 'Settled', num: true, cell: (o) => count(o.settled) },
        { name: 'Gaps', cell: (o) => ((o.gaps ?? []).length ? badge('warn', `${counted(o.gaps.length, 'gap')}, the first at ${o.gaps[0].from}`) : 'none') },
      ], origins, { key: (o) => `${o.target} ${o.originCluster}` })) : '',
    ];
  },
};
