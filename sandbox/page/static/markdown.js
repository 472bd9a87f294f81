// The markdown block: standard Markdown, the subset that Slack shows. Raw HTML stays text.

import { h } from "./dom.js";
import { addressRule, emojiRule, link, scan } from "./text.js";

const FENCE = /^(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTED = /^\s{0,3}> ?/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const TASK = /^\[([ xX])\]\s+/;
const MARKS = [
  ["***", ["strong", "em"]],
  ["**", ["strong"]],
  ["__", ["strong"]],
  ["~~", ["s"]],
  ["*", ["em"]],
  ["_", ["em"]],
];

const same = (text) => text;

function markRule(text, at) {
  for (const [mark, tags] of MARKS) {
    if (!text.startsWith(mark, at) || /\s|^$/.test(text[at + mark.length] ?? "")) continue;
    if (mark.includes("_") && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) continue;
    const end = text.indexOf(mark, at + mark.length + 1);
    if (end < 0 || /\s/.test(text[end - 1])) continue;
    const inner = inline(text.slice(at + mark.length, end));
    return { node: tags.reduceRight((children, tag) => h(tag, {}, children), inner), end: end + mark.length };
  }
  return null;
}

function codeRule(text, at) {
  const ticks = /^`+/.exec(text.slice(at))[0];
  const end = text.indexOf(ticks, at + ticks.length);
  return end < 0 ? null : { node: h("code", {}, text.slice(at + ticks.length, end).trim()), end: end + ticks.length };
}

function linkRule(text, at) {
  const found = /^!?\[([^\]]*)\]\(((?:[^()\s]|\([^()\s]*\))+)(?:\s+"[^"]*")?\)/.exec(text.slice(at));
  return found ? { node: link(found[2], inline(found[1] || found[2])), end: at + found[0].length } : null;
}

function bracketRule(text, at) {
  const found = /^<((?:https?:|mailto:)[^\s<>]+)>/.exec(text.slice(at));
  return found ? { node: link(found[1], found[1].replace(/^mailto:/, "")), end: at + found[0].length } : null;
}

const escapeRule = (text, at) =>
  /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { node: text[at + 1], end: at + 2 } : null;
const breakRule = () => ({ node: h("br"), end: 0 });

const RULES = {
  "\\": escapeRule,
  "`": codeRule,
  "*": markRule,
  _: markRule,
  "~": markRule,
  "[": linkRule,
  "<": bracketRule,
  ":": emojiRule,
  h: addressRule,
  "!": (text, at) => (text[at + 1] === "[" ? linkRule(text, at) : null),
  "\n": (_, at) => ({ ...breakRule(), end: at + 1 }),
};

const inline = (text) => scan(text, RULES, same);

const cells = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

/** A table from its header, its alignment line and its rows. */
function table(source) {
  const sides = cells(source[1]).map((rule) => (/^:-+:$/.test(rule) ? "center" : /-:$/.test(rule) ? "right" : "left"));
  const row = (tag, text) =>
    h(
      "tr",
      {},
      cells(text).map((cell, index) => h(`${tag}.align-${sides[index] ?? "left"}`, {}, inline(cell))),
    );
  const body = source.slice(2).map((text) => row("td", text));
  return h(
    "div.table-frame",
    { tabindex: "0" },
    h("table", {}, h("thead", {}, row("th", source[0])), h("tbody", {}, body)),
  );
}

/** A list from its lines; lines indented below an item belong to it. */
function list(source) {
  const indent = ITEM.exec(source[0])[1].length;
  const ordered = /\d/.test(ITEM.exec(source[0])[2]);
  const items = [];
  for (const each of source) {
    const item = ITEM.exec(each);
    if (item && item[1].length <= indent + 1) items.push([item[3]]);
    else items.at(-1).push(each.replace(/^\s{1,4}/, ""));
  }
  const shown = items.map(([first, ...below]) => {
    const task = TASK.exec(first);
    const box = task && h("input", { type: "checkbox", disabled: true, checked: task[1] !== " " });
    return h(`li${task ? ".task" : ""}`, {}, box, inline(first.replace(TASK, "")), below.length ? parse(below) : null);
  });
  return h(ordered ? "ol" : "ul", { start: ordered ? String(parseInt(ITEM.exec(source[0])[2], 10)) : null }, shown);
}

/** The lines from `at` on that belong together, and the index after them. */
function take(source, at, belongs) {
  let end = at + 1;
  while (end < source.length && belongs(source[end], end)) end += 1;
  return [source.slice(at, end), end];
}

const opens = (line) =>
  FENCE.test(line) || HEADING.test(line) || RULE.test(line) || ITEM.test(line) || QUOTED.test(line);

function block(source, at) {
  const line = source[at];
  const heading = HEADING.exec(line);
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) {
    const [body, end] = take(source, at, (next) => !FENCE.test(next));
    return [h("pre", {}, h("code", {}, body.slice(1).join("\n"))), end + 1];
  }
  if (heading) return [h(`h${Math.min(6, heading[1].length + 2)}`, {}, inline(heading[2])), at + 1];
  if (RULE.test(line)) return [h("hr"), at + 1];
  if (QUOTED.test(line)) {
    const [body, end] = take(source, at, (next) => QUOTED.test(next));
    return [h("blockquote", {}, parse(body.map((each) => each.replace(QUOTED, "")))), end];
  }
  if (ITEM.test(line)) {
    const [body, end] = take(source, at, (next) => ITEM.test(next) || (/^\s+\S/.test(next) && !RULE.test(next)));
    return [list(body), end];
  }
  if (line.includes("|") && TABLE_RULE.test(source[at + 1] ?? "")) {
    const [body, end] = take(source, at, (next, index) => index === at + 1 || (next.includes("|") && next.trim()));
    return [table(body), end];
  }
  const [body, end] = take(source, at, (next) => next.trim() && !opens(next));
  return [h("p", {}, inline(body.join("\n").trim())), end];
}

function parse(source) {
  const nodes = [];
  for (let at = 0; at < source.length;) {
    const [node, end] = block(source, at);
    if (node) nodes.push(node);
    at = end;
  }
  return nodes;
}

/** Nodes for a text in Markdown. */
export const markdown = (text) =>
  parse(
    String(text ?? "")
      .replace(/\r\n?/g, "\n")
      .split("\n"),
  );
