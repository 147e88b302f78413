// The stream of events. Whoever lost it goes on where it was; what cannot be told any more is said.

import { stream } from './api.js';
import { kind } from './words.js';

const KEPT = 1_000;
// The server says each second how far it is: who hears nothing for that long hears nobody.
const SILENCE_MILLIS = 6_000;
const AGAIN_MILLIS = 1_000;

/** `lostAt` is 0 while it is whole; `back` says for how long it was not, and when it was again. */
export const live = {
  state: 'connecting', through: 0, ageMillis: -1, heardAt: 0, events: [], gap: false, grains: false,
  lostAt: 0, why: '', back: null,
};

const listeners = new Set();
let reading = null;
let soon = null;
let from = '';

/** Calls `listener` with the events of each answer; with none for a mark of progress. */
export function onLive(listener) {
  listeners.add(listener);
}

const tell = (events) => listeners.forEach((listener) => listener(events));

async function open() {
  close();
  const mine = new AbortController();
  reading = mine;
  live.heardAt = performance.now();
  const query = new URLSearchParams();
  if (from) query.set('from', from);
  if (live.grains) query.set('grains', '');
  try {
    await messages(await stream(query, mine.signal), mine);
    if (mine === reading) lost('this server has ended the stream');
  } catch (e) {
    if (mine === reading && e.status !== 401) lost(e.status ? e.message : 'this server does not answer');
  }
}

function close() {
  clearTimeout(soon);
  const before = reading;
  reading = null;
  before?.abort();
}

/** Server-sent events, read here: a browser's own reader would send no token. */
async function messages(body, mine) {
  const text = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await text.read();
    if (done || mine !== reading) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      if (mine !== reading) return;
      message(new Map(part.split('\n').map((line) => line.split(/: (.*)/, 2))));
    }
  }
}

function message(fields) {
  const data = fields.get('data') ? JSON.parse(fields.get('data')) : {};
  switch (fields.get('event')) {
    case 'watch': return took(data);
    case 'failed': return lost(data.message);
    case 'refused':
      // Another life of the deployment: begin anew.
      from = '';
      live.gap = true;
      return open();
    default: return undefined;
  }
}

/** For `millis` already. */
function lost(why, millis = 0) {
  close();
  if (!live.lostAt) live.lostAt = Date.now() - millis;
  Object.assign(live, { state: 'lost', why, back: null });
  soon = setTimeout(open, AGAIN_MILLIS);
  tell([]);
}

function took(answer) {
  live.heardAt = performance.now();
  live.through = Number(answer.throughIndex ?? 0);
  from = String(live.through);
  live.state = answer.lagging ? 'lagging' : 'live';
  if (live.lostAt) Object.assign(live, { back: { at: Date.now(), millis: Date.now() - live.lostAt }, lostAt: 0, why: '' });
  if (answer.progress) live.ageMillis = Number(answer.progress.ageMillis ?? 0);
  if (answer.trimmed) {
    live.gap = true;
    from = '';
    open();
  }
  const events = answer.events ?? [];
  live.events.push(...events);
  if (live.events.length > KEPT) live.events.splice(0, live.events.length - KEPT);
  tell(events);
}

/** To be called each second: a connection that only seems to be there is given up. */
export function watchTheStream() {
  const quiet = performance.now() - live.heardAt;
  if (reading && quiet > SILENCE_MILLIS) lost('nothing is heard of this server', quiet);
}

/** Takes what happened before, so that it is shown as well. */
export function begin(events, index) {
  live.events = events;
  from = index;
  open();
}

/** Also tells what happens to single grains, or no more. */
export function withGrains(wanted) {
  if (live.grains === wanted) return;
  live.grains = wanted;
  open();
}

/** Hears nothing any more. */
export function end() {
  close();
  live.state = 'paused';
}

let hidden = false;
/** A page nobody looks at needs no connection; it goes on where it was. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden && live.state !== 'connecting') {
    hidden = true;
    end();
  } else if (hidden) {
    hidden = false;
    open();
  }
});

export const isAbout = (events, ...prefixes) =>
  events.some((event) => prefixes.some((prefix) => kind(event).startsWith(prefix)));
