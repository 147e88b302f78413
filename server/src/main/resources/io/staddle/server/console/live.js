// The stream of events. Whoever lost it goes on where it was; what cannot be told any more is said.

import { kind } from './words.js';

const KEPT = 1_000;

export const live = {
  state: 'connecting', through: 0, ageMillis: -1, heardAt: 0, events: [], gap: false, grains: false,
};

const listeners = new Set();
let source = null;
let from = '';

/** Calls `listener` with the events of each answer; with none for a mark of progress. */
export function onLive(listener) {
  listeners.add(listener);
}

const tell = (events) => listeners.forEach((listener) => listener(events));

function open() {
  source?.close();
  const query = new URLSearchParams();
  if (from) query.set('from', from);
  if (live.grains) query.set('grains', '');
  source = new EventSource(`/console/api/events?${query}`);
  source.addEventListener('watch', (message) => took(JSON.parse(message.data)));
  source.addEventListener('failed', (message) => lost(JSON.parse(message.data).message));
  source.addEventListener('refused', () => {
    // Another life of the deployment: begin anew.
    from = '';
    live.gap = true;
    open();
  });
  source.onerror = () => lost('this server does not answer');
}

function lost(why) {
  live.state = 'lost';
  live.why = why;
  tell([]);
  // A browser gives up after an answer that is no stream.
  if (source.readyState === EventSource.CLOSED) setTimeout(open, 2_000);
}

function took(answer) {
  live.heardAt = performance.now();
  live.through = Number(answer.throughIndex ?? 0);
  from = String(live.through);
  live.state = answer.lagging ? 'lagging' : 'live';
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

/** A page nobody looks at needs no connection; it goes on where it was. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
    live.state = 'paused';
  } else if (source) open();
});

export const isAbout = (events, ...prefixes) =>
  events.some((event) => prefixes.some((prefix) => kind(event).startsWith(prefix)));
