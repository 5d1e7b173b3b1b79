/**
 * A small keyed view layer: `h` describes nodes, `render` makes an element's children match the description.
 * Nodes that stay keep their DOM node, so focus, scroll and half-typed words survive an update. Text only ever becomes text nodes.
 * @module
 */

/**
 * @typedef {object} VNode
 * @property {string | Component} type tag, "#text" or component
 * @property {Record<string, any>} props
 * @property {string | number | undefined} key
 * @property {VNode[]} children
 * @property {string} [text]
 * @property {Node} [node] the DOM node it became
 * @property {Self} [self] the component's instance
 */
/**
 * @typedef {object} Self what a component keeps between draws
 * @property {Record<string, any>} state
 * @property {(change: Record<string, any>) => void} set changes the state and draws again
 * @property {() => void} draw
 * @property {Node} [node]
 * @property {() => void} [left] called when the component goes away
 */
/** @typedef {((props: any, self: Self) => VNode) & {same?: (a: any, b: any) => boolean}} Component */

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "open", "scrollTop"]);

/**
 * Describe a node.
 * @param {string | Component} type
 * @param {Record<string, any> | null} [props]
 * @param {...any} children strings, numbers, nodes, nested lists; null, undefined and false are left out
 * @returns {VNode}
 */
export function h(type, props, ...children) {
  return { type, props: props ?? {}, key: props?.key, children: flat(children) };
}

/** @param {any[]} children @returns {VNode[]} */
function flat(children) {
  const found = [];
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === true || child === "") continue;
    found.push(typeof child === "object" ? child : { type: "#text", props: {}, key: undefined, children: [], text: String(child) });
  }
  return found;
}

/**
 * Make the children of an element match a description.
 * @param {Element & {drawn?: VNode[]}} parent
 * @param {...any} children
 */
export function render(parent, ...children) {
  const next = flat(children);
  patchChildren(parent, parent.drawn ?? [], next, parent.namespaceURI === SVG);
  parent.drawn = next;
}

/** @param {VNode} vnode @param {boolean} svg @returns {Node} */
function create(vnode, svg) {
  if (vnode.type === "#text") return (vnode.node = document.createTextNode(vnode.text ?? ""));
  if (typeof vnode.type === "function") return createComponent(vnode, svg);
  const inSvg = svg || vnode.type === "svg";
  const node = inSvg ? document.createElementNS(SVG, vnode.type) : document.createElement(vnode.type);
  vnode.node = node;
  patchChildren(node, [], vnode.children, inSvg && vnode.type !== "foreignObject");
  setProps(/** @type {any} */ (node), {}, vnode.props);
  return node;
}

/** @param {VNode} vnode @param {boolean} svg */
function createComponent(vnode, svg) {
  const component = /** @type {Component} */ (vnode.type);
  /** @type {any} */
  const self = { state: {}, props: vnode.props, drawn: undefined, svg };
  self.draw = () => {
    if (!self.drawn || self.gone) return;
    const next = component(self.props, self);
    self.node = patch(self.drawn, next, svg);
    self.drawn = next;
  };
  self.set = (/** @type {object} */ change) => {
    Object.assign(self.state, change);
    self.draw();
  };
  vnode.self = self;
  const first = component(vnode.props, self);
  self.drawn = first;
  return (vnode.node = self.node = create(first, svg));
}

/** @param {VNode} old @param {VNode} next @param {boolean} svg @returns {Node} */
function patch(old, next, svg) {
  if (old === next) return /** @type {Node} */ (liveNode(old));
  if (old.type !== next.type || old.key !== next.key) {
    const before = liveNode(old);
    const node = create(next, svg);
    /** @type {ChildNode} */ (before).replaceWith(node);
    leave(old);
    return node;
  }
  if (old.type === "#text") {
    next.node = old.node;
    if (old.text !== next.text) /** @type {Text} */ (next.node).data = next.text ?? "";
    return /** @type {Node} */ (next.node);
  }
  if (typeof next.type === "function") return patchComponent(old, next);
  const node = /** @type {any} */ (next.node = old.node);
  const inSvg = svg || next.type === "svg";
  patchChildren(node, old.children, next.children, inSvg && next.type !== "foreignObject");
  setProps(node, old.props, next.props);
  return node;
}

/** @param {VNode} old @param {VNode} next */
function patchComponent(old, next) {
  const self = /** @type {any} */ (next.self = old.self);
  const before = self.props;
  self.props = next.props;
  const same = /** @type {Component} */ (next.type).same;
  if (!same || !same(before, next.props)) self.draw();
  return (next.node = self.node);
}

/** @param {VNode} vnode */
function liveNode(vnode) {
  return vnode.self ? vnode.self.node : vnode.node;
}

/** @param {Node} parent @param {VNode[]} old @param {VNode[]} next @param {boolean} svg */
function patchChildren(parent, old, next, svg) {
  const keyed = new Map();
  const loose = [];
  for (const vnode of old) {
    if (vnode.key !== undefined) keyed.set(vnode.key, vnode);
    else loose.push(vnode);
  }
  const kept = new Set();
  const matches = next.map((vnode) => {
    let match = vnode.key !== undefined ? keyed.get(vnode.key) : undefined;
    if (vnode.key === undefined) {
      const at = loose.findIndex((each) => each.type === vnode.type);
      if (at >= 0) match = loose.splice(0, at + 1)[at];
    }
    if (match && match.type === vnode.type && !kept.has(match)) {
      kept.add(match);
      return match;
    }
    return undefined;
  });
  for (const vnode of old) {
    if (kept.has(vnode)) continue;
    const node = liveNode(vnode);
    leave(vnode);
    if (node?.parentNode === parent) parent.removeChild(node);
  }
  let cursor = parent.firstChild;
  next.forEach((vnode, index) => {
    const match = matches[index];
    const node = match ? patch(match, vnode, svg) : create(vnode, svg);
    if (cursor && cursor.parentNode !== parent) cursor = null;
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  });
}

/** @param {VNode} vnode */
function leave(vnode) {
  if (vnode.self) {
    const self = /** @type {any} */ (vnode.self);
    self.gone = true;
    self.left?.();
    leave(self.drawn);
  }
  vnode.props.gone?.(vnode.node);
  for (const child of vnode.children) leave(child);
}

/** @param {any} node @param {Record<string, any>} old @param {Record<string, any>} next */
function setProps(node, old, next) {
  for (const name of Object.keys(old)) if (!(name in next)) setProp(node, name, undefined, old[name]);
  for (const name of Object.keys(next)) {
    if (PROPERTIES.has(name) || old[name] !== next[name]) setProp(node, name, next[name], old[name]);
  }
  if (next.ref && !node.referred) {
    node.referred = true;
    queueMicrotask(() => next.ref(node));
  }
}

/** @param {any} node @param {string} name @param {any} value @param {any} before */
function setProp(node, name, value, before) {
  if (name === "key" || name === "ref" || name === "gone") return;
  if (name.startsWith("on")) return listen(node, name.slice(2).toLowerCase(), value);
  if (name === "style") return setStyle(node, before ?? {}, value ?? {});
  if (PROPERTIES.has(name) && name in node) {
    const wanted = value ?? (name === "value" ? "" : false);
    if (node[name] !== wanted) node[name] = wanted;
    return;
  }
  if (value === undefined || value === null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** @param {any} node @param {string} event @param {((e: Event) => void) | undefined} listener */
function listen(node, event, listener) {
  node.listeners ??= {};
  if (!(event in node.listeners)) node.addEventListener(event, (/** @type {Event} */ e) => node.listeners[event]?.(e));
  node.listeners[event] = listener;
}

/** @param {any} node @param {Record<string, any>} before @param {Record<string, any>} next */
function setStyle(node, before, next) {
  for (const name of Object.keys(before)) if (!(name in next)) node.style.removeProperty(name);
  for (const [name, value] of Object.entries(next)) if (before[name] !== value) node.style.setProperty(name, String(value));
}

/** Compare two sets of props shallowly; for `Component.same`. @param {any} a @param {any} b */
export function shallowSame(a, b) {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], b[name]));
}
