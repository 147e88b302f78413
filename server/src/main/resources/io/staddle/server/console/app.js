// The shell: pages by address, the keyboard, and what keeps pages live.

import { loadSite, read, site } from './api.js';
import { barriers, scope } from './barriers.js';
import { cluster, clusters } from './clusters.js';
import { fill, h } from './dom.js';
import { events } from './events.js';
import { failover, failovers, move } from './failovers.js';
import { grain, grains } from './grains.js';
import { begin, live, onLive } from './live.js';
import { migration, migrations } from './migrations.js';
import { overview } from './overview.js';
import { badge, order } from './parts.js';
import { replay } from './replay.js';
import { servers } from './servers.js';
import { about } from './words.js';

/** The key that follows `g`. */
const PAGES = [
  ['overview', 'Overview', 'o'], ['clusters', 'Clusters', 'c'], ['grains', 'Grains', 'g'],
  ['failovers', 'Failovers', 'f'], ['migrations', 'Migrations', 'm'], ['barriers', 'Barriers', 'b'],
  ['replay', 'Replay', 'r'], ['events', 'Events', 'e'], ['servers', 'Servers', 's'],
];
const VIEWS = {
  overview, clusters, cluster, grains, grain, failovers, failover, move, migrations, migration,
  barriers, scope, replay, events, servers,
};
const HOME = { cluster: 'clusters', grain: 'grains', failover: 'failovers', move: 'failovers', migration: 'migrations', scope: 'barriers' };

const element = (id) => document.getElementById(id);
const current = { view: null, name: '', path: [], query: new URLSearchParams(), data: null, problem: null, loading: 0, loadedAt: 0 };

function address() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  return { name: parts[0] ?? 'overview', path: parts.slice(1), query: new URLSearchParams(query) };
}

async function go() {
  const { name, path, query } = address();
  const view = VIEWS[name];
  if (!view) {
    location.hash = '#/overview';
    return;
  }
  const same = current.name === name && current.path.join('/') === path.join('/');
  if (!same) {
    current.view?.leave?.();
    order.states.clear();
    current.data = null;
    element('page').replaceChildren(h('h1', view.title), h('p.stamp', 'Reading'), h('div.skeleton', { key: 'skeleton' }));
  }
  Object.assign(current, { view, name, path, query, problem: null });
  document.title = `${[view.title, ...path].join(' ')} – Staddle ${site.deployment}`;
  drawNav();
  element('nav').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  await load();
  if (!same) element('page').focus({ preventScroll: true });
  if (!same) scrollTo(0, 0);
}

async function load() {
  const round = ++current.loading;
  const { view, path, query } = current;
  current.loadedAt = performance.now();
  try {
    const data = await view.load(path, query);
    if (round !== current.loading) return;
    Object.assign(current, { data, problem: null });
  } catch (e) {
    if (round !== current.loading) return;
    current.problem = e.message;
  }
  draw();
}

function draw() {
  const page = element('page');
  const { view, data, problem } = current;
  if (!view) return;
  page.setAttribute('aria-busy', String(!data && !problem));
  const shown = data ? view.render(data, current.path, current.query) : [h('h1', view.title)];
  fill(page, problem ? h('p.problem', { key: 'problem', role: 'alert' }, badge('bad', 'not up to date'), ` ${problem}`) : '', shown);
}

function drawNav() {
  const home = HOME[current.name] ?? current.name;
  fill(element('nav'), PAGES.map(([name, title, key]) => h('a', {
    key: name, href: `#/${name}`, 'aria-current': name === home ? 'page' : null, title: `g ${key}`,
  }, title)));
}

function drawStream() {
  const quiet = performance.now() - live.heardAt;
  const tone = live.state === 'live' && quiet < 5_000 ? 'good' : live.state === 'lost' ? 'bad' : 'warn';
  const text = live.state === 'live' && quiet >= 5_000 ? `silent for ${about(quiet)}`
    : live.state === 'lost' ? 'stream lost' : live.state;
  fill(element('stream'), badge(tone, text));
  element('stream').title = live.why && live.state === 'lost' ? live.why : `events up to index ${live.through}`;
}

/** Reads again what the page shows, at most twice a second. */
let due = null;
function refresh() {
  if (due) return;
  const wait = Math.max(0, 500 - (performance.now() - current.loadedAt));
  due = setTimeout(() => { due = null; load(); }, wait);
}

function heard(news) {
  drawStream();
  const { view } = current;
  if (!view || document.hidden) return;
  if (news.length > 0 && view.hears?.(news)) refresh();
  else if (live.state === 'lost' || news.length === 0) tick();
}

function tick() {
  const { view } = current;
  if (view?.everyMillis && performance.now() - current.loadedAt >= view.everyMillis) refresh();
}

let goes = false;
function key(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.nodeName);
  if (event.key === 'Escape' && typing) event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (goes) {
    const page = PAGES.find((each) => each[2] === event.key);
    if (page) location.hash = `#/${page[0]}`;
    goes = false;
  } else if (event.key === 'g') {
    goes = true;
    setTimeout(() => { goes = false; }, 1_500);
  } else if (event.key === '/') {
    const search = document.querySelector('#page input[type=search]');
    event.preventDefault();
    if (search) search.focus();
    else location.hash = '#/grains';
  } else if (event.key === '?') help();
}

function help() {
  const dialog = element('keys');
  fill(dialog, h('h2', { id: 'keys-title' }, 'Keys'),
    h('dl.keys', PAGES.map(([, title, k]) => [h('dt', h('kbd', 'g'), ' ', h('kbd', k)), h('dd', title)]),
      h('dt', h('kbd', '/')), h('dd', 'Search'), h('dt', h('kbd', '?')), h('dd', 'This list'), h('dt', h('kbd', 'Esc')), h('dd', 'Back')),
    h('button', { type: 'button', onclick: () => dialog.close() }, 'Close'));
  dialog.showModal();
}

/** What happened before, so that a page opened now has something to show. */
async function history() {
  try {
    const newest = Number((await read('Servers/GetConfig')).header.index ?? 0);
    const page = await read('Events/List', { afterIndex: String(Math.max(0, newest - 2_000)), limit: 5_000 });
    const single = new Set(['granted', 'grainReleased', 'leaseRenewed', 'leaseForgotten', 'tombstonePurged']);
    const shown = (page.events ?? []).filter((event) => !single.has(Object.keys(event.body ?? {})[0]));
    begin(shown.slice(-500), String(page.throughIndex ?? page.header.index ?? ''));
  } catch {
    begin([], '');
  }
}

async function start() {
  order.changed = draw;
  clusters.reload = load;
  grains.reload = load;
  failover.reload = load;
  events.redraw = draw;
  onLive(heard);
  addEventListener('hashchange', go);
  addEventListener('keydown', key);
  setInterval(() => {
    drawStream();
    if (document.hidden || !current.data) return;
    draw();
    if (live.state === 'lost') tick();
  }, 1_000);
  drawNav();
  try {
    await loadSite();
    element('where').textContent = `${site.deployment}, ${site.server}${site.operate ? '' : ', read-only'}`;
  } catch (e) {
    current.problem = e.message;
  }
  await history();
  await go();
}

start();
