// Slack's own markup, as docs.slack.dev/messaging/formatting-message-text describes it.

import { formatDate } from "./clock.js";
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { addressRule, broadcast, channelMention, decode, emojiRule, link, mention, scan } from "./text.js";

const WORD = /[\p{L}\p{N}]/u;
const STYLES = { "*": "strong", _: "em", "~": "s" };
const FENCE = /```\n?([\s\S]+?)\n?```/;
const QUOTED = /^(?:>|&gt;)(?!>|&gt;) ?/;
const QUOTED_TO_END = /^(?:>>>|&gt;&gt;&gt;)\s?/m;
const LISTED = /^(\s*)([•◦▪‣-]|\d{1,3}[.)])\s+(.*)$/;

/** Nodes for the content of angle brackets. */
function special(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.join("|");
  if (/^@[UW]/.test(target)) return mention(target.slice(1), decode(label));
  if (/^#[CGD]/.test(target)) return channelMention(target.slice(1), decode(label));
  if (target.startsWith("!date^")) return date(target, decode(label));
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return broadcast(decode(label).replace(/^@/, "") || target.slice(9));
  if (target.startsWith("!")) return h("span", {}, decode(label) || `<${decode(target)}>`);
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    return link(decode(target), label ? withEmoji(decode(label)) : decode(target).replace(/^(mailto|tel):/, ""));
  }
  return h("span", {}, `<${decode(inside)}>`);
}

function date(target, fallback) {
  const [, seconds, format = "", url = ""] = target.split("^");
  const text = formatDate(seconds, decode(format), fallback);
  const time = h("time", { datetime: timestamp(seconds), title: fallback || null }, text);
  return url ? link(decode(url), time) : time;
}

function timestamp(seconds) {
  const at = new Date(Number(seconds) * 1000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function specialRule(text, at) {
  const end = text.indexOf(">", at);
  return end > at + 1 ? { node: special(text.slice(at + 1, end)), end: end + 1 } : null;
}

function codeRule(text, at) {
  const end = text.indexOf("`", at + 1);
  return end > at + 1 ? { node: h("code", {}, decode(text.slice(at + 1, end))), end: end + 1 } : null;
}

/** Where the mark that opens at `at` closes; -1 if it does not. Marks inside code and angle brackets do not count. */
function closing(text, at) {
  const mark = text[at];
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === "`" || text[index] === "<") {
      const end = text.indexOf(text[index] === "`" ? "`" : ">", index + 1);
      if (end > 0) index = end;
    } else if (text[index] === mark) {
      const tight = index > at + 1 && !/\s/.test(text[index - 1]);
      const ends = !WORD.test(text[index + 1] ?? "") && text[index + 1] !== mark;
      if (tight && ends) return index;
    }
  }
  return -1;
}

function styleRule(text, at) {
  const mark = text[at];
  const before = text[at - 1] ?? "";
  if (WORD.test(before) || before === mark || /[\s]|^$/.test(text[at + 1] ?? "") || text[at + 1] === mark) return null;
  const end = closing(text, at);
  return end < 0 ? null : { node: h(STYLES[mark], {}, inline(text.slice(at + 1, end))), end: end + 1 };
}

const RULES = {
  "<": specialRule,
  "`": codeRule,
  "*": styleRule,
  _: styleRule,
  "~": styleRule,
  ":": emojiRule,
  h: addressRule,
};

const inline = (text) => scan(text, RULES);

function line(text) {
  const item = LISTED.exec(text);
  if (!item) return h("div.line", {}, text ? inline(text) : h("br"));
  const depth = Math.min(3, Math.floor(item[1].length / 2));
  return h(`div.line.listed.depth-${depth}`, {}, h("span.marker", {}, `${item[2]} `), h("span", {}, inline(item[3])));
}

function lines(text) {
  const nodes = [];
  let quote = null;
  for (const each of text.split("\n")) {
    if (QUOTED.test(each)) {
      if (!quote) nodes.push((quote = h("blockquote")));
      quote.append(line(each.replace(QUOTED, "")));
    } else {
      quote = null;
      nodes.push(line(each));
    }
  }
  return nodes;
}

function paragraphs(text) {
  const toEnd = QUOTED_TO_END.exec(text);
  if (!toEnd) return text ? lines(text) : [];
  const before = text.slice(0, toEnd.index).replace(/\n$/, "");
  const quoted = text.slice(toEnd.index + toEnd[0].length);
  return [...(before ? lines(before) : []), h("blockquote", {}, lines(quoted))];
}

/** Nodes for a text in mrkdwn. */
export function mrkdwn(text) {
  const nodes = [];
  let rest = String(text ?? "");
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    nodes.push(...paragraphs(rest.slice(0, fence.index).replace(/\n$/, "")));
    nodes.push(h("pre", {}, h("code", {}, decode(fence[1]))));
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  nodes.push(...paragraphs(rest));
  return nodes;
}
