// Builds DOM nodes. Text is only set as text, so that it can't become markup.

const SVG = "http://www.w3.org/2000/svg";

// Outlines on a 20 × 20 grid.
const ICONS = {
  back: "M12.5 4.5 7 10l5.5 5.5",
  calendar: "M4 5.5h12v10.5H4ZM4 9h12M7 3.5v3.5M13 3.5v3.5",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  chevron: "M5.5 8 10 12.5 14.5 8",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  down: "M10 4v11.5M5 11l5 5 5-5",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  external: "M8 5H5v10h10v-3M11 4.5h4.5V9M15 5l-6 6",
  inspect: "M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM12.6 12.6 17 17M6.8 7 5.3 8.5 6.8 10M10.2 7l1.5 1.5-1.5 1.5",
  group:
    "M7 9.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM2.5 15.5c0-2.5 1.9-4 4.5-4s4.5 1.5 4.5 4M13 9.5a2.2 2.2 0 1 0 0-4.4M14 11.7c2 .2 3.5 1.6 3.5 3.8",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M3.5 7.5h13.5M3 12.5h13.5",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  pause: "M7.5 5v10M12.5 5v10",
  play: "M6.5 4.5 15 10l-8.5 5.5Z",
  search: "M9 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM12.7 12.7 16.5 16.5",
  incoming: "M15.5 4.5 5 15M5 7.5V15h7.5",
  outgoing: "M4.5 15.5 15 5M7.5 5H15v7.5",
  send: "M3.5 10 16.5 4l-4 12.5-3-5.5ZM9.5 11l7-7",
  wider: "M11 4.5 5.5 10l5.5 5.5M16 4.5 10.5 10l5.5 5.5",
  warning: "M10 3.5 17.5 16.5h-15ZM10 8.5v3.5M10 14.2h.01",
};

/**
 * An element: `h("button.primary", { type: "button", onclick }, "Save", icon)`.
 * Properties: `on…` functions are listeners; true sets an empty attribute; null, undefined and false leave it out.
 * Children: nodes, strings (as text), lists of these; null, undefined and false are left out.
 */
export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (key === "class") node.classList.add(...value.split(" ").filter(Boolean));
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An element of a drawing: `svg("circle", { cx, cy, r })`, with nodes and strings in it. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A decorative icon; its meaning must be in text or in an aria-label beside it. */
export const icon = (name) =>
  svg(
    "svg",
    { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );

let lastId = 0;
/** An id no other element of the page has. */
export function freshId(prefix = "x") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/**
 * Makes the children of `parent` those of `items` ([{ key, value }]), built by `build(value, key)`. A child is kept as
 * long as its value is equal, so focus, scrolling and half-typed text survive an update; a rebuilt child returns the
 * focus to the element with the same data-focus.
 */
export function reconcile(parent, items, build) {
  const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = new Set(items.map(({ key }) => key));
  for (const [key, child] of present) if (!wanted.has(key)) child.remove();
  let place = parent.firstElementChild;
  for (const { key, value } of items) {
    const json = JSON.stringify(value);
    let child = present.get(key);
    if (!child || child.json !== json) {
      const old = child;
      child = build(value, key);
      child.dataset.key = key;
      child.json = json;
      if (old) {
        const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
        if (old === place) place = child;
        old.replaceWith(child);
        if (focused) child.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
      }
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}
