// JSON to read: folded where it is deep, and to copy.

import { h } from "./dom.js";

const OPEN_TO = 3;

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
    if (inside.childElementCount) return; // What is folded is built when it is opened.
    inside.append(...entries.map(([name, item], at) => line(name, item, at < entries.length - 1 ? "," : "", depth + 1)));
  };
  const node = h(
    "details",
    { open: depth < OPEN_TO, ontoggle: () => node.open && fill() },
    h("summary.json-line", {}, named(key), from, h("span.json-folded", {}, ` ${count} `, to + end)),
    inside,
    h("div.json-line.json-end", {}, to + end),
  );
  if (node.open) fill();
  return node;
}

const line = (key, value, end, depth) =>
  value !== null && typeof value === "object" ? branch(key, value, end, depth) : leaf(key, value, end);

/** A tree of any JSON value, with a name for those who hear it. */
export const jsonTree = (value, label) => h("div.json", { role: "group", "aria-label": label }, line(null, value, "", 0));

/** A button that puts what `text()` answers on the clipboard, and says that it did. */
export function copyButton(name, text) {
  const said = h("span.aside", { role: "status" });
  const node = h("button.small", { type: "button", onclick: copy }, name);
  let timer = null;
  async function copy() {
    const done = await navigator.clipboard.writeText(text()).then(
      () => "Copied",
      () => "Copying did not work",
    );
    node.textContent = said.textContent = done;
    clearTimeout(timer);
    timer = setTimeout(() => {
      node.textContent = name;
      said.textContent = "";
    }, 1600);
  }
  return h("span", {}, node, said);
}

export const pretty = (value) => JSON.stringify(value, null, 2);
