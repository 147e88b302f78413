// For whom the page asks: a token, kept as long as this tab is open, and what that may do here.

import { call, keptToken, keepToken, site } from './api.js';

export const who = { actor: '', roles: [], enforced: false };

// Who leads, where that matters: with TLS only the console of the leader changes anything.
const lead = { server: '', api: '' };

/** Asks the server who it takes the page for. */
export async function whoAmI() {
  const answer = await call('Access/WhoAmI');
  Object.assign(who, { actor: '', roles: [], enforced: false, ...answer });
  if (!site.alone) return;
  const about = await call('Servers/Describe');
  Object.assign(lead, { server: about.leader ?? '', api: about.leaderApiAddress ?? '' });
}

const has = (...roles) => !who.enforced || who.roles.some((role) => roles.includes(role));

const leadsHere = () => !site.alone || lead.server === site.server;

/** Whether what takes a role can be done here: what would be refused is not offered. */
export const may = (need = 'operator') => whyReadOnly(need) === '';

/** Why a page only shows; empty if it does more. */
export function whyReadOnly(need = 'operator') {
  if (!site.operate) return `console.operate is off at server ${site.server}`;
  if (!has(need, 'admin')) return `it takes the role ${need}`;
  return leadsHere() ? '' : `with TLS only the console of the leader changes anything, ${lead.api ? `${location.protocol}//${lead.api}/` : 'which is not known'}`;
}

/** Who the page is to the servers, in words; empty where they ask nobody. */
export const inWords = () => (who.actor
  ? `${who.actor}${who.enforced ? ` (${who.roles.join(', ') || 'no role'})` : ''}` : '');

export const hasToken = () => keptToken() !== '';

export const signIn = (token) => keepToken(token);

/** Forgets the token, and with the page all that it was shown. */
export function signOut() {
  keepToken('');
  location.reload();
}
