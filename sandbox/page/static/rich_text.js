// The rich_text block and its elements: docs.slack.dev/reference/block-kit/blocks/rich-text-block.

import { formatDate } from "./clock.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./text.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u", highlight: "mark" };

function emojiOf(element) {
  const sign = element.unicode
    ? String.fromCodePoint(...element.unicode.split("-").map((point) => parseInt(point, 16)))
    : emoji(element.name);
  return sign ? h("span.emoji", { role: "img", "aria-label": element.name }, sign) : `:${element.name}:`;
}

function dateOf(element) {
  const text = formatDate(element.timestamp, element.format ?? "{date_long}", element.fallback ?? "");
  const time = h("time", { title: element.fallback || null }, text);
  return element.url ? link(element.url, time) : time;
}

const INLINE = {
  text: (element) => element.text,
  link: (element) => link(element.url, element.text || element.url),
  user: (element) => mention(element.user_id),
  usergroup: (element) => broadcast(element.usergroup_id),
  channel: (element) => channelMention(element.channel_id),
  broadcast: (element) => broadcast(element.range),
  emoji: emojiOf,
  date: dateOf,
  color: (element) => h("code", {}, element.value),
};

function inline(elements = []) {
  return elements.map((element) => {
    const shown = INLINE[element.type]?.(element) ?? element.text ?? "";
    const styles = Object.keys(STYLES).filter((style) => element.style?.[style]);
    return styles.reduce((child, style) => h(STYLES[style], {}, child), shown);
  });
}

function listOf(element) {
  const classes = `indent-${Math.min(8, element.indent ?? 0)}${element.border ? " bordered" : ""}`;
  const ordered = element.style === "ordered";
  const start = ordered && element.offset ? String(element.offset + 1) : null;
  const items = element.elements.map((item) => h("li", {}, inline(item.elements)));
  return h(ordered ? "ol" : "ul", { class: classes, start }, items);
}

const PARTS = {
  rich_text_section: (part) => h("div.rich-section", {}, inline(part.elements)),
  rich_text_list: listOf,
  rich_text_quote: (part) => h("blockquote", {}, inline(part.elements)),
  rich_text_preformatted: (part) => h("pre", {}, h("code", {}, inline(part.elements))),
};

/** Nodes for a rich_text block. */
export const richText = (block) => (block.elements ?? []).map((part) => PARTS[part.type]?.(part) ?? null);
