// Figures and words, as the CLI writes them.

const thousands = new Intl.NumberFormat('en-US');

export const number = (value) => Number(value ?? 0);
export const count = (value) => thousands.format(number(value));
export const counted = (value, noun) => `${count(value)} ${noun}${number(value) === 1 ? '' : 's'}`;

export function duration(millis) {
  const ms = Math.max(0, Math.round(millis));
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const s = Math.floor(ms / 1_000);
  if (s < 3_600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86_400) return `${Math.floor(s / 3_600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor(s / 3_600) % 24} h`;
}

/** The same without tenths: for what is shown again every second. */
export function about(millis) {
  const ms = Math.max(0, millis);
  return ms < 60_000 ? `${Math.floor(ms / 1_000)} s` : duration(ms);
}

export function bytes(value) {
  let size = number(value);
  if (size < 1_024) return `${size} B`;
  for (const unit of ['KiB', 'MiB', 'GiB']) {
    size /= 1_024;
    if (size < 1_024 || unit === 'GiB') return `${size.toFixed(1)} ${unit}`;
  }
  return '';
}

export const micros = (value) => `${(number(value) / 1_000).toFixed(2)} ms`;

export const rate = (perSecond) =>
  perSecond === undefined || Number.isNaN(perSecond) ? '–' :
    perSecond < 10 ? perSecond.toFixed(1) : thousands.format(Math.round(perSecond));

/** A time in UTC to the second; empty for none. */
export function time(millis) {
  return number(millis) === 0 ? '' : new Date(number(millis)).toISOString().replace(/\.\d+Z/, 'Z');
}

export const clock = (millis) => new Date(number(millis)).toISOString().slice(11, 23);

// The servers' time, as far as a page knows it.
let offset = 0;

export function serversSay(nowMillis) {
  offset = number(nowMillis) - Date.now();
}

export const now = () => Date.now() + offset;

export const age = (millis) => (number(millis) === 0 ? '' : about(now() - number(millis)));

/** The name of a constant without that of its type, in words: CLUSTER_ROLE_PRIMARY is primary. */
export function word(constant, type) {
  const text = constant ?? '';
  const bare = text.startsWith(`${type}_`) ? text.slice(type.length + 1) : text;
  return bare.toLowerCase().replaceAll('_', ' ');
}

export const code = (constant, type) => (constant ?? '').replace(`${type}_`, '');

export const revision = (r) => `${r?.index ?? 0}.${r?.ordinal ?? 0}`;

/** The kind of an event, as filters name it. */
export function kind(event) {
  const name = Object.keys(event.body ?? {})[0] ?? 'unknown';
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The names of types before those of constants. */
const CONSTANT = new RegExp(`^(${['ABORT_CODE', 'BARRIER_ABORT_CODE', 'BARRIER_STATUS', 'CLUSTER_ROLE', 'CLUSTER_STATE',
  'FAILOVER_BLOCKER', 'FAILOVER_CAUSE', 'FATE', 'FINDING', 'GRANT_CAUSE', 'GROUP_CHANGE', 'KIND', 'MEMBERSHIP',
  'MIGRATION_PHASE', 'MOVE_KIND', 'NODE_STATE', 'STATE', 'UNFITNESS', 'WAIT_CONDITION', 'WATERMARK_POLICY'].join('|')})_(?=[A-Z])`);

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Times and durations have the same names, and no duration is that long; a watermark is in somebody else's time. */
const isTime = (name, value) =>
  name.endsWith('Millis') && number(value) >= 1e12 && !/watermark|^lowest/i.test(name);

function field([name, value]) {
  if (name === 'grain') return `${value.type}/${value.key}`;
  if (isTime(name, value)) return `${snake(name.replace(/Millis$/, 'Time'))}=${new Date(number(value)).toISOString()}`;
  if (value && typeof value === 'object' && Object.keys(value).length === 0) return snake(name);
  return `${snake(name)}=${fieldValue(value)}`;
}

/** Its whole record would hide what happened to it: its own page has that. */
function migrationWords(m) {
  const undone = m.aborted ? `, undone: ${`${fieldValue(m.aborted.code)} ${m.aborted.reason ?? ''}`.trim()}` : '';
  return `{${m.id} vShard ${m.vShard ?? 0} from ${m.source} to ${m.target} in ${fieldValue(m.phase)}${undone}}`;
}

const inBraces = (words) => (/^[^= ]+$/.test(words) ? words : `{${words}}`);

function fieldValue(value) {
  if (Array.isArray(value)) return `[${value.map(fieldValue).join(',')}]`;
  if (value && typeof value === 'object') {
    const keys = Object.keys(value);
    if (keys.length && keys.every((key) => key === 'index' || key === 'ordinal')) return revision(value);
    if (value.source && value.target && value.phase) return migrationWords(value);
    if (value.payload && value.phaseVersion) return `step ${value.phaseVersion}`;
    return inBraces(fields(value));
  }
  return String(value).replace(CONSTANT, '');
}

const fields = (message) => Object.entries(message).map(field).join(' ');

/** What happened, each part as name=value: so those are readable, too, that no page has heard of. */
export function what(event) {
  return fields(Object.values(event.body ?? {})[0] ?? {});
}

export function origin(event) {
  const { actor = '', reason = '' } = event.origin ?? {};
  return actor && reason ? `${actor}: ${reason}` : actor + reason;
}

/** What a migration waits for. */
export function waiting(w) {
  switch (code(w?.condition, 'WAIT_CONDITION')) {
    case 'CONFIG_OBSERVED': return `${w.node} to have configuration ${w.value}`;
    case 'CAUGHT_UP': return `${w.node} to be at most ${w.value ?? 0} behind`;
    case 'DRAINED': return `${w.node} to have the last write`;
    case 'FENCED': return `its group to confirm fence ${w.value}`;
    default: return 'nothing';
  }
}

/** How far the failover of a cluster has got: what is left of a deadline counts down. */
export function phase(cluster, readAt) {
  const p = cluster.phase ?? {};
  const held = (p.heldBy ?? []).map((why) => why.code).join(', ');
  const by = held ? `, held by ${held}` : '';
  switch (code(p.kind, 'KIND')) {
    case 'UNREACHABLE': {
      const left = number(p.leftMillis) - (performance.now() - readAt);
      return { tone: 'warn', text: `in ${about(Math.max(0, left))}${by}` };
    }
    case 'PROMOTING': return { tone: 'bad', text: `due${by}` };
    case 'PROMOTED': return { tone: 'warn', text: 'done' };
    case 'PROMOTED_PARTIAL':
      return { tone: 'bad', text: `done, ${count(p.strandedGrains)} stranded` };
    default: return { tone: 'dim', text: '' };
  }
}
