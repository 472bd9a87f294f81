// Building blocks of text: links, mentions, emoji, and the scanner that both markups use.

import { h } from "./dom.js";
import { emoji, SHORTCODE, withEmoji } from "./emoji.js";
import { address, member, mine, shownName, state } from "./state.js";

/** The address if it is safe to follow; "" for javascript: and the like. */
export function safeUrl(url) {
  const address = String(url ?? "").trim();
  return /^(https?:\/\/|mailto:|tel:)/i.test(address) ? address : "";
}

/** A link that opens in a new tab; only its text if the address is not safe to follow. */
export function link(url, children) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}

export function mention(userId, label = "") {
  const one = member(userId);
  const name = one ? shownName(one) : label.replace(/^@/, "") || userId;
  return h(`span.mention${userId === state.person ? ".mention-me" : ""}`, { title: one?.title || null }, `@${name}`);
}

export const broadcast = (range) => h("span.mention.mention-me", {}, `@${range}`);

export function channelMention(id, label = "") {
  const known = [...state.people.values()].flatMap((one) => one.conversations).find((one) => one.id === id);
  const name = `#${label || known?.name || id}`;
  const isMine = mine().conversations.some((one) => one.id === id);
  return isMine ? h("a.mention", { href: address(state.person, id) }, name) : h("span.mention", {}, name);
}

/** The text of a plain_text object, never interpreted; shortcodes become emoji unless the object says emoji: false. */
export function plain(object) {
  if (!object) return "";
  if (typeof object === "string") return object;
  return object.emoji === false ? object.text : withEmoji(object.text ?? "");
}

const ADDRESS = /https?:\/\/[^\s<>]+[^\s<>.,:;!?)\]'"*_~]/y;

/** Rules for `scan`: shortcodes, and plain addresses. */
export const emojiRule = (text, at) => {
  SHORTCODE.lastIndex = at;
  const found = SHORTCODE.exec(text);
  const sign = found && emoji(found[1]);
  return sign
    ? {
        node: h("span.emoji", { role: "img", "aria-label": found[1].replaceAll("_", " ") }, sign),
        end: SHORTCODE.lastIndex,
      }
    : null;
};

export const addressRule = (text, at) => {
  ADDRESS.lastIndex = at;
  const found = /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? null : ADDRESS.exec(text);
  return found ? { node: link(decode(found[0]), decode(found[0])), end: ADDRESS.lastIndex } : null;
};

/** Unescapes the three characters that markup escapes. */
export const decode = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/**
 * Reads `text` from left to right. At each character, its rule may match and return { node, end }; text that no rule
 * matches is passed through `finish`.
 */
export function scan(text, rules, finish = decode) {
  const nodes = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const hit = rules[text[at]]?.(text, at);
    if (!hit) {
      at += 1;
      continue;
    }
    if (at > start) nodes.push(finish(text.slice(start, at)));
    nodes.push(hit.node);
    at = hit.end;
    start = at;
  }
  if (start < text.length) nodes.push(finish(text.slice(start)));
  return nodes;
}
