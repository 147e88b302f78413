// What pages ask: methods of the public API, at this server or at one that is named.

export const site = { server: '', deployment: '', operate: false, alone: false, servers: [] };

export class Problem extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

// For this tab alone, and gone with it.
const TOKEN = 'staddle.token';

export const keptToken = () => sessionStorage.getItem(TOKEN) ?? '';

export function keepToken(token) {
  if (token) sessionStorage.setItem(TOKEN, token);
  else sessionStorage.removeItem(TOKEN);
}

/** Is called with the words of a server that does not know who asks. */
export const onUnknown = { listener: () => {} };

/** Only pages of the console send the first: a browser lets none of others add it. */
function headers() {
  const own = { 'x-staddle-console': '1' };
  return keptToken() ? { ...own, authorization: `Bearer ${keptToken()}` } : own;
}

async function said(answer) {
  const text = await answer.text().catch(() => '');
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.trim() || `HTTP ${answer.status}` };
  }
}

async function ask(url, init = {}, patience = AbortSignal.timeout(20_000)) {
  const asked = keptToken();
  let answer;
  try {
    answer = await fetch(url, {
      ...init, headers: { ...init.headers, ...headers() }, signal: patience, cache: 'no-store',
    });
  } catch (e) {
    throw new Problem(
      e.name === 'TimeoutError' ? 'no answer within 20 s' : 'this server does not answer', 0);
  }
  if (answer.ok) return answer;
  const why = await said(answer);
  const problem = new Problem(why.message ?? `HTTP ${answer.status}`, answer.status, why['grpc-code']);
  if (answer.status === 401 && asked === keptToken()) onUnknown.listener(problem.message);
  throw problem;
}

/** Opens the stream of events; it goes on until `signal` ends it. */
export const stream = async (query, signal) =>
  (await ask(`/console/api/events?${query}`, {}, signal)).body;

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

/** Has something changed, by the leader. */
export const operate = (method, request) => call(method, request);

/** Describes each server; one that does not answer has `problem`. */
export function everyServer() {
  return Promise.all(site.servers.map(async (each) => {
    try {
      const [about, digest] = await Promise.all([
        call('Servers/Describe', {}, each.id), call('Servers/Digest', {}, each.id)]);
      return { ...each, ...about, digest };
    } catch (e) {
      // With TLS a server asks no other one for a page.
      return { ...each, problem: e.message, elsewhere: e.status === 501 };
    }
  }));
}

/** The server that leads in the highest term, of those that `everyServer` has found; or of which it has heard. */
export function leaderOf(servers) {
  const found = servers.filter((each) => each.role === 'leader')
    .sort((a, b) => Number(b.term) - Number(a.term))[0];
  const own = servers.find((each) => each.id === site.server);
  return found ?? servers.filter((each) => each.elsewhere && each.id === own?.leader)
    .map((each) => ({ ...each, term: own.term, commitIndex: own.commitIndex }))[0];
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
