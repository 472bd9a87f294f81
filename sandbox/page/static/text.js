// The pieces all kinds of text are made of: links, mentions, emoji, and a scanner that the two markups share.

import { h } from "./dom.js";
import { emoji, SHORTCODE, withEmoji } from "./emoji.js";
import { address, member, mine, shownName, state } from "./state.js";

/** The address if it is one to follow; "" for javascript: and the like. */
export function safeUrl(url) {
  const address = String(url ?? "").trim();
  return /^(https?:\/\/|mailto:|tel:)/i.test(address) ? address : "";
}

/** A link that opens beside this page; only its words where the address is not one to follow. */
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

/** A text object's plain_text, never interpreted; shortcodes become emoji unless the app said emoji: false. */
export function plain(object) {
  if (!object) return "";
  if (typeof object === "string") return object;
  return object.emoji === false ? object.text : withEmoji(object.text ?? "");
}

const ADDRESS = /https?:\/\/[^\s<>]+[^\s<>.,:;!?)\]'"*_~]/y;

/** Rules for `scan`: shortcodes, and addresses typed as they are. */
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

/** The three characters that markup escapes. */
export const decode = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/**
 * Reads `text` from left to right: at each character, the rule of that character may take a stretch and answer { node,
 * end }; what no rule takes is text, passed through `finish`.
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
