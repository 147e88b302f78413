// Migrations of vShards: how far each has got, and what it waits for.

import { call, freshId, operate, read } from './api.js';
import { h } from './dom.js';
import { isAbout } from './live.js';
import { badge, emptyState, facts, order, outcome, readOnly, section, since, stamp, story, table } from './parts.js';
import { nodeLink, vShardOf } from './routing.js';
import { may } from './session.js';
import { code, count, micros, number, time, waiting, word } from './words.js';

const STEPS = ['ADD_LEARNER', 'CATCH_UP', 'PROMOTE_LEARNER', 'LEADERSHIP_TRANSFER', 'CUTOVER', 'COMPLETED'];
const TONES = { COMPLETED: 'good', ABORTED: 'bad', LEADERSHIP_TRANSFER: 'warn' };

const phaseOf = (m) => code(m.phase, 'MIGRATION_PHASE');
const isEnded = (m) => phaseOf(m) === 'COMPLETED' || phaseOf(m) === 'ABORTED';
const isOver = (m) => isEnded(m) && Boolean(m.fenced);

function steps(m) {
  const at = phaseOf(m) === 'ABORTED' ? STEPS.indexOf(code(m.aborted?.from, 'MIGRATION_PHASE')) : STEPS.indexOf(phaseOf(m));
  const name = word(m.phase, 'MIGRATION_PHASE');
  return h('span.steps', h('span.dots', { 'aria-hidden': 'true' }, STEPS.map((_, i) => h(`i${i < at || phaseOf(m) === 'COMPLETED' ? '.done' : i === at ? `.at.${TONES[phaseOf(m)] ?? 'plain'}` : ''}`))),
    badge(TONES[phaseOf(m)] ?? 'plain', name));
}

function lag(m) {
  const { sourceIndex, targetIndex } = m.progress ?? {};
  return sourceIndex === undefined ? '' : count(Math.max(0, number(sourceIndex) - number(targetIndex)));
}

const UNDO = {
  REMOVE_LEARNER: (c) => `remove learner ${c.node} of group ${c.group}`,
  REMOVE_VOTER: (c) => `remove voter ${c.node} of group ${c.group}`,
  DEMOTE_TO_LEARNER: (c) => `make ${c.node} a learner of group ${c.group}`,
  RESTORE_LEADER: (c) => `let ${c.node || 'nobody'} lead group ${c.group}`,
  RESUME_WRITES: (c) => `resume writes of vShard ${c.vShard ?? 0}`,
};
const undoWords = (list) => (list ?? []).map((c) => UNDO[code(c.kind, 'KIND')]?.({ group: 0, ...c }) ?? c.kind).join(', ') || 'change nothing';

export const migrations = {
  title: 'Migrations',
  hears: (events) => isAbout(events, 'migration', 'phase', 'progress', 'writes', 'fence_confirmed', 'v_shard', 'compensation'),
  everyMillis: 3_000,
  async load() {
    const answer = await read('Migrations/List', { finishedMax: 50 });
    return { ...answer, migrations: answer.migrations ?? [], readAt: performance.now() };
  },
  render(data) {
    const going = data.migrations.filter((each) => !isOver(each));
    const over = data.migrations.filter(isOver);
    const columns = [
      { name: 'Migration', id: true, cell: (m) => h('a', { href: `#/migration/${encodeURIComponent(m.id)}`, title: m.id }, m.id) },
      { name: 'vShard', cell: (m) => h('a', { href: `#/routing?vshard=${m.vShard ?? 0}` }, String(m.vShard ?? 0)) },
      { name: 'From', cell: (m) => nodeLink(m.source) },
      { name: 'To', cell: (m) => nodeLink(m.target) },
      { name: 'Phase', cell: steps },
      { name: 'Lag', num: true, cell: lag },
    ];
    return [
      h('h1', 'Migrations'), stamp(data.header, data.readAt),
      h('p.bar', h('a.button', { href: '#/plan' }, 'Plan moves')),
      section('Going on', table('Migrations that go on', [
        ...columns,
        { name: 'Waits for', long: true, cell: (m) => waiting(m.waiting) },
        { name: 'For', num: true, cell: (m) => since(m.waiting?.sinceMillis) },
      ], going, { key: (m) => m.id, empty: { text: 'No migration goes on.', command: 'staddle migration start VSHARD NODE' } })),
      section('Over', table('Migrations that are over', [
        ...columns.slice(0, 5),
        { name: 'Writes paused', num: true, cell: (m) => (m.completed ? micros(m.completed.pauseMicros) : '') },
        { name: 'Why', wide: true, long: true, cell: (m) => (m.aborted ? `${word(m.aborted.code, 'ABORT_CODE')} ${m.aborted.reason ?? ''}` : '') },
        { name: 'Ago', num: true, cell: (m) => since(m.phaseSinceMillis) },
      ], over, { key: (m) => m.id, empty: { text: 'None is over.' } })),
    ];
  },
};

function abort(m) {
  const cli = `staddle migration abort ${m.id}`;
  if (isEnded(m)) return '';
  if (phaseOf(m) === 'CUTOVER') return section('Abort', h('p', 'Not possible any more: it can only be finished.'));
  return section('Abort', h('p', `It would ${undoWords([...(m.undo ?? [])].reverse())}.`), !may() ? readOnly(cli) : order({
    id: `abort ${m.id}`, folded: true, title: 'Abort it', button: 'Abort', confirm: m.id,
    act: async (origin) => outcome(await operate('Migrations/Abort', {
      id: m.id, code: 'ABORT_CODE_OPERATOR', reason: origin.reason, seenPhaseVersion: m.phaseVersion, origin: { ...origin, requestId: freshId() },
    }), 'Aborted'),
  }));
}

function retry(m) {
  if (phaseOf(m) !== 'ABORTED') return '';
  if (!m.fenced) return section('Retry', h('p', 'Not before the data plane refuses what the aborted attempt may still send.'));
  return section('Retry', !may() ? readOnly(`staddle migration retry ${m.id}`) : order({
    id: `retry ${m.id}`, folded: true, title: 'Begin it anew', button: 'Begin it anew', confirm: m.id,
    consequence: `vShard ${m.vShard ?? 0} moves to ${m.target} once more, as attempt ${(m.attempt ?? 0) + 1}, with ${m.target} as it is now.`,
    async act(origin) {
      const newId = freshId();
      const { epoch } = await vShardOf(m.vShard ?? 0);
      const became = await operate('Migrations/Retry', { id: m.id, newId, seenEpoch: epoch, origin: { ...origin, requestId: newId } });
      if (!became.refusal) location.hash = `#/migration/${newId}`;
      return outcome(became, `it goes on as ${newId}`);
    },
  }));
}

export const migration = {
  title: 'Migration',
  hears: migrations.hears,
  everyMillis: 3_000,
  async load([id]) {
    const [got, explained] = await Promise.all([read('Migrations/Get', { id }), call('Migrations/Explain', { id })]);
    return { ...got, explanation: explained.explanation, readAt: performance.now() };
  },
  render(data, [id]) {
    const head = [h('h1', h('a', { href: '#/migrations' }, 'Migrations'), ' / ', id), stamp(data.header, data.readAt)];
    const m = data.migration;
    if (!m) return [...head, emptyState({ text: 'There is no such migration, or no more.', command: 'staddle migration list' })];
    return [
      ...head, h('p', steps(m)),
      facts(
        ['Moves', `vShard ${m.vShard ?? 0}, ${m.source} to ${m.target}, group ${m.group ?? 0}`], ['Number', `${m.number ?? 0}, attempt ${m.attempt ?? 0}`],
        ['Phase since', [time(m.phaseSinceMillis), `, step ${m.phaseVersion ?? 0}`]],
        ['Waits for', isOver(m) ? 'nothing' : [waiting(m.waiting), ', for ', since(m.waiting?.sinceMillis)]],
        ['Progress', `${count(m.progress?.targetIndex)} of ${count(m.progress?.sourceIndex)}, lag ${lag(m) || 'not known'}`],
        ['Writes paused', `${micros(m.pauseMicros)} of ${micros(m.budgetMicros)}`],
        ['Ended', m.aborted ? `${word(m.aborted.code, 'ABORT_CODE')} ${m.aborted.reason ?? ''}; undone: ${undoWords(m.aborted.undone)}` : m.completed ? `writes were paused for ${micros(m.completed.pauseMicros)}` : null]),
      section('Checkpoints', table('Checkpoints', [
        { name: 'Step', num: true, cell: (c) => c.phaseVersion ?? 0 },
        { name: 'Phase', cell: (c) => word(c.phase, 'MIGRATION_PHASE') },
        { name: 'At', cell: (c) => time(c.atMillis) },
        { name: 'CRC-32C', wide: true, cell: (c) => h('code', number(c.checksum).toString(16).padStart(8, '0')) },
      ], data.checkpoints ?? [], { key: (c) => c.phaseVersion ?? 0 })),
      story(data.explanation), abort(m), retry(m),
    ];
  },
};
