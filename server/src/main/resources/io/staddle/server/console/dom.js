// Elements. Data becomes text nodes and attributes only, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element: h('td.num', {title: 'x', onclick: f}, 'text', child, null). */
export function h(spec, ...rest) {
  return make(document.createElement(spec.split('.')[0] || 'div'), spec, rest);
}

/** The same for SVG. */
export function svg(spec, ...rest) {
  return make(document.createElementNS(SVG, spec.split('.')[0]), spec, rest);
}

function make(element, spec, rest) {
  const classes = spec.split('.').slice(1).join(' ');
  if (classes) element.setAttribute('class', classes);
  const first = rest[0];
  const plain = first && typeof first === 'object' && !Array.isArray(first) && !(first instanceof Node);
  if (plain) for (const [key, value] of Object.entries(first)) set(element, key, value);
  append(element, plain ? rest.slice(1) : rest);
  return element;
}

function set(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith('on')) element[key] = value;
  else if (key === 'key') element.setAttribute('data-key', value);
  else element.setAttribute(key, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}

const HANDLERS = ['onclick', 'onchange', 'oninput', 'onsubmit'];
// What the reader has done to an element stays.
const KEPT = new Set(['open', 'data-kept']);

/** Makes `from` look like `to`, in place: focus, selection and scrolling stay where they are. */
export function morph(from, to) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !KEPT.has(name)) from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !KEPT.has(name)) from.setAttribute(name, value);
  }
  for (const name of HANDLERS) from[name] = to[name];
  if (from.nodeName === 'OPTION') from.selected = to.hasAttribute('selected');
  children(from, to);
}

function children(from, to) {
  const keyed = new Map();
  for (const child of from.children) if (child.dataset?.key) keyed.set(child.dataset.key, child);
  let here = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = wanted.dataset?.key;
    const match = key ? keyed.get(key) : here && !here.dataset?.key && here;
    if (match && match.nodeName === wanted.nodeName) {
      if (match !== here) from.insertBefore(match, here);
      else here = here.nextSibling;
      if (match.nodeType === Node.TEXT_NODE) {
        if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
      } else if (match.nodeType === Node.ELEMENT_NODE) morph(match, wanted);
    } else from.insertBefore(wanted, here);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

/** Puts new children into an element, in place. */
export function fill(element, ...nodes) {
  const next = element.cloneNode(false);
  append(next, nodes);
  children(element, next);
}
