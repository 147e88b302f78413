// What pages ask: methods of the public API, at this server or at one that is named.

export const site = { server: '', deployment: '', operate: false, servers: [] };

export class Problem extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function ask(url, init) {
  let answer;
  try {
    answer = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
  } catch (e) {
    throw new Problem(
      e.name === 'TimeoutError' ? 'no answer within 20 s' : 'this server does not answer', 0);
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Problem(said.message ?? `HTTP ${answer.status}`, answer.status, said['grpc-code']);
}

export async function loadSite() {
  Object.assign(site, await (await ask('/console/api/site')).json());
}

/** Calls a method, such as Clusters/List. */
export async function call(method, request = {}, server = '') {
  const query = server ? `?server=${encodeURIComponent(server)}` : '';
  const answer = await ask(`/console/api/call/staddle.v1.${method}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(request),
  });
  return answer.json();
}

/** Reads what is at most 2 s old; if nobody can say how old it is, what this server has. */
export async function read(method, request = {}, server = '') {
  const bounded = { ...request, consistency: { bounded: { maxAgeMillis: '2000' } } };
  try {
    return await call(method, bounded, server);
  } catch (e) {
    if (e.code !== 'UNAVAILABLE') throw e;
    return call(method, { ...request, consistency: { stale: {} } }, server);
  }
}

/** Has something changed. */
export async function operate(method, request) {
  const answer = await ask(`/console/api/call/staddle.v1.${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-staddle-console': '1',
    },
    body: JSON.stringify(request),
  });
  return answer.json();
}

/** Describes each server; one that does not answer has `problem`. */
export function everyServer() {
  return Promise.all(site.servers.map(async (each) => {
    try {
      const [about, digest] = await Promise.all([
        call('Servers/Describe', {}, each.id), call('Servers/Digest', {}, each.id)]);
      return { ...each, ...about, digest };
    } catch (e) {
      return { ...each, problem: e.message };
    }
  }));
}

/** The server that leads in the highest term, of those that `everyServer` has found. */
export function leaderOf(servers) {
  return servers.filter((each) => each.role === 'leader')
    .sort((a, b) => Number(b.term) - Number(a.term))[0];
}

/** Counters and gauges of a server, summed over their labels, by name. */
export async function metrics(server) {
  const text = await (await ask(`/console/api/metrics?server=${encodeURIComponent(server)}`)).text();
  const sums = new Map();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#') || line.includes('_bucket{')) continue;
    const end = line.search(/[{ ]/);
    const name = line.slice(0, end);
    if (!name.startsWith('staddle_')) continue;
    sums.set(name, (sums.get(name) ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1)));
  }
  return sums;
}

/** A name for a request, so that it is done once. */
export function freshId() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `console-${hex.slice(0, 20)}`;
}

/** Events that a filter passes: read once, and then only what is new. Long history comes bit by bit. */
export class History {
  constructor(filter, sinceMillis = 0) {
    Object.assign(this, { filter, sinceMillis, events: [], through: 0, whole: false, trimmed: false });
  }

  async more() {
    for (let page = 0; page < 10; page++) {
      const answer = await read('Events/List', {
        filter: this.filter,
        limit: 10_000,
        afterIndex: String(this.through),
        sinceMillis: this.through === 0 ? String(Math.round(this.sinceMillis)) : '0',
      });
      this.trimmed ||= this.through === 0 && this.sinceMillis === 0 && Boolean(answer.trimmed);
      this.events.push(...(answer.events ?? []));
      const through = Number(answer.throughIndex ?? 0);
      this.whole = through <= this.through || through >= Number(answer.header?.index ?? 0);
      this.through = Math.max(this.through, through);
      if (this.whole) break;
    }
    return this;
  }
}
