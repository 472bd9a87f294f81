// JSON as a tree, folded where it is deep, and a copy button.

import { h } from "./dom.js";

const OPEN_DEPTH = 3;

const kindOf = (value) => (value === null ? "null" : typeof value);
const named = (key) => (key === null ? null : [h("span.json-key", {}, JSON.stringify(key)), ": "]);

function leaf(key, value, end) {
  return h("div.json-line", {}, named(key), h(`span.json-${kindOf(value)}`, {}, JSON.stringify(value)), end);
}

function branch(key, value, end, depth) {
  const isList = Array.isArray(value);
  const [from, to] = isList ? "[]" : "{}";
  const entries = isList ? value.map((item) => [null, item]) : Object.entries(value);
  if (!entries.length) return h("div.json-line", {}, named(key), from + to + end);
  const count = `${entries.length} ${isList ? "item" : "field"}${entries.length === 1 ? "" : "s"}`;
  const inside = h("div.json-inside");
  const fill = () => {
    if (inside.childElementCount) return; // Folded parts are built when they are opened.
    inside.append(...entries.map(([name, item], at) => line(name, item, at < entries.length - 1 ? "," : "", depth + 1)));
  };
  const node = h(
    "details",
    { open: depth < OPEN_DEPTH, ontoggle: () => node.open && fill() },
    h("summary.json-line", {}, named(key), from, h("span.json-folded", {}, ` ${count} `, to + end)),
    inside,
    h("div.json-line.json-end", {}, to + end),
  );
  if (node.open) fill();
  return node;
}

const line = (key, value, end, depth) =>
  value !== null && typeof value === "object" ? branch(key, value, end, depth) : leaf(key, value, end);

/** A tree of any JSON value, with an accessible name. */
export const jsonTree = (value, label) => h("div.json", { role: "group", "aria-label": label }, line(null, value, "", 0));

/** A button that copies the result of `text()`, and reports it. */
export function copyButton(name, text) {
  const status = h("span.aside", { role: "status" });
  const node = h("button.small", { type: "button", onclick: copy }, name);
  let timer = null;
  async function copy() {
    const done = await navigator.clipboard.writeText(text()).then(
      () => "Copied",
      () => "Copying failed",
    );
    node.textContent = status.textContent = done;
    clearTimeout(timer);
    timer = setTimeout(() => {
      node.textContent = name;
      status.textContent = "";
    }, 1600);
  }
  return h("span", {}, node, status);
}

export const pretty = (value) => JSON.stringify(value, null, 2);
