// The shell: pages by address, the keyboard, and what keeps pages live.

import { loadSite, onUnknown, read, site } from './api.js';
import { barriers, scope } from './barriers.js';
import { cluster, clusters } from './clusters.js';
import { fill, h } from './dom.js';
import { events } from './events.js';
import { failover, failovers, move } from './failovers.js';
import { grain, grains } from './grains.js';
import { begin, end, live, onLive, watchTheStream } from './live.js';
import { migration, migrations } from './migrations.js';
import { node, nodes } from './nodes.js';
import { overview } from './overview.js';
import { badge, notice, order } from './parts.js';
import { plan } from './plan.js';
import { replay } from './replay.js';
import { routingPage } from './routing.js';
import { servers } from './servers.js';
import { hasToken, inWords, may, signIn, signOut, who, whoAmI, whyReadOnly } from './session.js';
import { about, clock } from './words.js';

/** The key that follows `g`. */
const PAGES = [
  ['overview', 'Overview', 'o'], ['clusters', 'Clusters', 'c'], ['grains', 'Grains', 'g'],
  ['failovers', 'Failovers', 'f'], ['nodes', 'Nodes', 'n'], ['routing', 'Routing', 't'], ['migrations', 'Migrations', 'm'], ['barriers', 'Barriers', 'b'],
  ['replay', 'Replay', 'r'], ['events', 'Events', 'e'], ['servers', 'Servers', 's'],
];
const VIEWS = {
  overview, clusters, cluster, grains, grain, failovers, failover, move, nodes, node,
  routing: routingPage, migrations, migration, plan, barriers, scope, replay, events, servers,
};
const HOME = {
  cluster: 'clusters', grain: 'grains', failover: 'failovers', move: 'failovers', node: 'nodes',
  migration: 'migrations', plan: 'migrations', scope: 'barriers',
};

const element = (id) => document.getElementById(id);
const current = { view: null, name: '', path: [], query: new URLSearchParams(), data: null, problem: null, loading: 0, loadedAt: 0 };

function address() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  return { name: parts[0] ?? 'overview', path: parts.slice(1), query: new URLSearchParams(query) };
}

async function go() {
  if (unknown) return;
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
  element('nav').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
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
  drawNotes();
  if (unknown) fill(page, signInForm());
  if (!view || unknown) return;
  page.setAttribute('aria-busy', String(!data && !problem));
  const focused = page.contains(document.activeElement);
  fill(page, data ? view.render(data, current.path, current.query) : [h('h1', view.title)]);
  // What had the focus may be gone: the keyboard goes on from the page then, not from its very top.
  if (focused && !page.contains(document.activeElement)) page.focus({ preventScroll: true });
}

/** What is said beside the page: since when it is not live, what has failed, what has been done. */
function drawNotes() {
  const at = performance.now();
  notice.list = notice.list.filter((each) => each.until > at);
  const lost = live.lostAt && !unknown;
  fill(element('notes'),
    lost ? h('p.bad', { key: 'lost' }, badge('bad', `Not live since ${clock(live.lostAt).slice(0, 8)} UTC`),
      `, for ${about(Date.now() - live.lostAt)}: ${live.why}. It is tried again each second.`) : '',
    current.problem && current.problem !== live.why && !unknown ? h('p.bad', { key: 'problem' }, badge('bad', 'Not up to date'), ` ${current.problem}`) : '',
    notice.list.map((each) => h(`p.${each.tone}`, { key: each.text }, badge(each.tone, each.text))));
}

// Why a server does not know for whom the page asks; empty while it does. And whether it was told.
let unknown = '';
let wasTold = false;

function signInForm() {
  return [
    h('h1', 'Sign in'),
    h('p', 'This deployment answers those that it knows.'),
    h('form.order', { key: 'sign-in', autocomplete: 'off', onsubmit: (event) => {
      event.preventDefault();
      signIn(new FormData(event.target).get('token').trim());
      event.target.reset();
      enter();
    } },
    h('label', h('span', 'Token'), h('input', { name: 'token', type: 'password', required: true, autofocus: true, spellcheck: 'false' })),
    h('button.act', { type: 'submit' }, 'Sign in'),
    h('p.outcome', { role: 'status', 'aria-live': 'polite' }, wasTold ? badge('bad', unknown) : '\u00a0')),
    h('p.note', 'It is kept in this tab until you sign out or close it. An administrator makes one: ', h('code', 'staddle access create-token NAME --role reader')),
  ];
}

function isUnknown(why) {
  wasTold = hasToken();
  signIn('');
  unknown = why;
  end();
  Object.assign(current, { view: null, name: '', data: null, problem: null });
  document.title = 'Sign in – Staddle';
  drawNav();
  drawAccount();
  drawStream();
  draw();
  element('page').querySelector('input')?.focus();
}

function drawAccount() {
  const readOnly = unknown ? '' : may() ? '' : badge('warn', 'read-only');
  element('where').textContent = site.deployment ? `${site.deployment}, ${site.server}` : '';
  fill(element('account'),
    readOnly ? h('span.readonly', { title: whyReadOnly() }, readOnly) : '',
    who.actor && !unknown ? h('span.actor', { title: inWords() }, inWords()) : '',
    hasToken() && !unknown ? h('button', { type: 'button', onclick: signOut }, 'Sign out') : '');
}

function drawNav() {
  const home = HOME[current.name] ?? current.name;
  fill(element('nav'), unknown ? [] : PAGES.map(([name, title, key]) => h('a', {
    key: name, href: `#/${name}`, 'aria-current': name === home ? 'page' : null, title: `g ${key}`,
  }, title)));
}

function drawStream() {
  const quiet = performance.now() - live.heardAt;
  const tone = live.state === 'live' && quiet < 3_000 ? 'good' : live.state === 'lost' ? 'bad' : 'warn';
  const text = live.state === 'live' && quiet >= 3_000 ? `silent for ${about(quiet)}`
    : live.state === 'lost' ? 'not live' : live.state;
  fill(element('stream'), unknown ? '' : badge(tone, text));
  const back = live.back ? `, live again since ${clock(live.back.at).slice(0, 8)} UTC, after ${about(live.back.millis)}` : '';
  element('stream').title = live.state === 'lost' ? live.why : `events up to index ${live.through}${back}`;
}

/** Reads again what the page shows, at most twice a second. */
let due = null;
function refresh() {
  if (due) return;
  const wait = Math.max(0, 500 - (performance.now() - current.loadedAt));
  due = setTimeout(() => { due = null; load(); }, wait);
}

let wasLost = false;

function heard(news) {
  drawStream();
  const isBack = wasLost && !live.lostAt;
  wasLost = live.lostAt !== 0;
  if (wasLost) notice.list = [];
  if (isBack) {
    notice(`Live again, after ${about(live.back.millis)}`);
    load();
    return;
  }
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

/** Finds out where the page is and for whom it asks; again each second if nobody answers. */
async function enter() {
  unknown = '';
  try {
    await loadSite();
    await whoAmI();
  } catch (e) {
    if (e.status === 401) return;
    current.problem = e.message;
    drawNotes();
    setTimeout(enter, 1_000);
    return;
  }
  current.problem = null;
  drawAccount();
  drawNav();
  await history();
  await go();
}

async function start() {
  order.changed = draw;
  order.done = load;
  for (const view of [clusters, grains, failover, plan]) view.reload = load;
  events.redraw = draw;
  onUnknown.listener = isUnknown;
  onLive(heard);
  addEventListener('hashchange', go);
  addEventListener('keydown', key);
  setInterval(() => {
    watchTheStream();
    drawStream();
    drawNotes();
    if (document.hidden || !current.data) return;
    draw();
    if (live.state === 'lost') tick();
  }, 1_000);
  // Roles change, and who leads.
  setInterval(() => {
    if (!document.hidden && !unknown && current.view) whoAmI().then(drawAccount, () => {});
  }, 10_000);
  drawNav();
  await enter();
}

start();
