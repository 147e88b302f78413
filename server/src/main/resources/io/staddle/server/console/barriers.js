// Barriers: scopes, who coordinates them, and who is still missing.

import { freshId, operate, read } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, emptyState, facts, order, outcome, readOnly, section, since, stamp, table } from './parts.js';
import { may } from './session.js';
import { about, code, now, number, time, word } from './words.js';

const TONES = { COMMITTED: 'good', ABORTED: 'bad', READY: 'warn', PREPARE: 'plain' };

const status = (b) => badge(TONES[code(b.status, 'BARRIER_STATUS')] ?? 'dim', word(b.status, 'BARRIER_STATUS'));
const votes = (b) => `${b.acknowledged ?? 0}/${b.participants ?? 0}`;
const mark = (millis) => (millis === undefined ? 'not known' : String(millis));

/** What is left of a deadline. */
function left(millis) {
  const ms = number(millis) - now();
  return ms > 0 ? `in ${about(ms)}` : 'over';
}

function why(b) {
  if (b.committed) return `watermark ${mark(b.committed.watermarkMillis)}`;
  if (!b.aborted) return '';
  const { code: c, reason, nodes = [] } = b.aborted;
  return `${word(c, 'BARRIER_ABORT_CODE')}${nodes.length ? ` ${nodes.join(', ')}` : ''}${reason ? ` (${reason})` : ''}`;
}

export const barriers = {
  title: 'Barriers',
  hears: (events) => isAbout(events, 'barrier', 'scope', 'coordinator'),
  everyMillis: 5_000,
  async load() {
    const answer = await read('Barriers/ListScopes');
    return { ...answer, scopes: answer.scopes ?? [], readAt: performance.now() };
  },
  render(data) {
    return [
      h('h1', 'Barriers'), stamp(data.header, data.readAt),
      table('Scopes', [
        { name: 'Scope', cell: (s) => h('a', { href: `#/scope/${encodeURIComponent(s.scope.id)}` }, s.scope.id) },
        { name: 'Coordinator', cell: (s) => s.scope.coordinator ?? '' },
        { name: 'Lease ends', num: true, cell: (s) => (number(s.untilMillis) ? left(s.untilMillis) : 'anybody') },
        { name: 'Open', cell: (s) => (s.open ? [status(s.open), ` ${votes(s.open)}`] : '') },
        { name: 'Deadline', num: true, cell: (s) => (s.open ? left(s.open.deadlineMillis) : '') },
        { name: 'Committed', num: true, cell: (s) => s.scope.committedEpoch ?? 0 },
        { name: 'Last', num: true, wide: true, cell: (s) => s.scope.lastEpoch ?? 0 },
        { name: 'Token', num: true, wide: true, cell: (s) => s.scope.token ?? 0 },
        { name: 'Watermark', num: true, wide: true, cell: (s) => mark(s.scope.watermarkMillis) },
      ], data.scopes, {
        key: (s) => s.scope.id,
        empty: { text: 'There is no scope: nobody takes checkpoints together.', command: 'staddle barrier acquire SCOPE --node NODE' },
      }),
    ];
  },
};

function abort(b) {
  if (!may()) return readOnly(`staddle barrier abort ${b.scope}/${b.epoch}`);
  return order({
    id: `abort ${b.scope} ${b.epoch}`, folded: true, title: `Abort barrier ${b.epoch}`, button: 'Abort', confirm: b.scope,
    act: async (origin) => outcome(await operate('Barriers/Abort', {
      scope: b.scope, epoch: b.epoch, reason: origin.reason, origin: { ...origin, requestId: freshId() },
    }), 'Aborted'),
  });
}

function voteWords(p) {
  if (!p.vote) return badge('warn', 'has not voted');
  return p.vote.failed ? badge('bad', `failed, ${p.vote.failed.code ?? ''}: ${p.vote.failed.text ?? ''}`)
    : badge('good', `prepared, watermark ${mark(p.vote.prepared?.watermarkMillis)}`);
}

export const scope = {
  title: 'Scope',
  hears: barriers.hears,
  everyMillis: 5_000,
  async load([id]) {
    const [scopes, list] = await Promise.all([read('Barriers/ListScopes'), read('Barriers/List', { scope: id, limit: 50 })]);
    const found = (scopes.scopes ?? []).find((each) => each.scope.id === id);
    const newest = found?.open ?? list.barriers?.[0];
    const detail = newest ? await read('Barriers/Get', { scope: id, epoch: newest.epoch }) : {};
    return { header: list.header, readAt: performance.now(), found, barriers: list.barriers ?? [], detail };
  },
  render(data, [id]) {
    const head = [h('h1', h('a', { href: '#/barriers' }, 'Barriers'), ' / ', id), stamp(data.header, data.readAt)];
    if (!data.found) return [...head, emptyState({ text: 'There is no such scope.', command: 'staddle barrier list' })];
    const s = data.found.scope;
    const b = data.detail.barrier;
    return [
      ...head,
      facts(
        ['Coordinator', s.coordinator ?? ''], ['Token', s.token ?? '0'], ['Lease ends', number(data.found.untilMillis) ? left(data.found.untilMillis) : 'anybody can coordinate it'],
        ['Committed', `${s.committedEpoch ?? 0}${s.committedCheckpoint ? `, checkpoint ${s.committedCheckpoint}` : ''}`], ['Watermark', mark(s.watermarkMillis)],
        ['Policy', word(s.policy, 'WATERMARK_POLICY')]),
      b ? section(`Barrier ${b.epoch}`, h('p', status(b), ` ${votes(b)} prepared; begun ${time(b.begunMillis)}, until ${time(b.deadlineMillis)}. ${why(b)}`),
        table('Participants', [
          { name: 'Node', cell: (p) => p.node },
          { name: 'Incarnation', num: true, cell: (p) => p.incarnation ?? 0 },
          { name: 'Vote', cell: voteWords },
          { name: 'At', num: true, cell: (p) => time(p.votedMillis) },
        ], data.detail.participants ?? [], { key: (p) => p.node, empty: { text: 'Without participants.' } }),
        data.found.open ? abort(b) : '') : '',
      section('Barriers', table('Barriers', [
        { name: 'Epoch', num: true, cell: (each) => each.epoch },
        { name: 'Checkpoint', cell: (each) => each.checkpoint ?? '' },
        { name: 'Status', cell: status },
        { name: 'Prepared', num: true, cell: votes },
        { name: 'Ago', num: true, cell: (each) => since(each.begunMillis) },
        { name: 'Why', wide: true, long: true, cell: why },
      ], data.barriers, { key: (each) => each.epoch, empty: { text: 'None was begun.', command: `staddle barrier begin ${id} --checkpoint NAME --participants NODE` } })),
    ];
  },
};
