// How people are shown: a face and the marks of who they are here.

import { h } from "./dom.js";
import { isDrawn, portrait } from "./portrait.js";
import { app, fullName, state } from "./state.js";

const HUES = 8;

function initials(one) {
  const words = fullName(one).split(/\s+/).filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return [first, last]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** Neighbours in the list get different colours. */
function hue(id) {
  const place = state.workspace?.members.findIndex((one) => one.id === id) ?? 0;
  return ((place + HUES) * 3) % HUES;
}

/** A round face: the avatar's emoji, or a drawn one; the app's is square, with its initials. Decorative: the name always stands beside it. */
export function avatar(one, size = "") {
  const kind = one?.is_bot ? "app" : one?.deactivated ? "gone" : `hue-${hue(one?.id)}`;
  const sign = isDrawn(one?.avatar) ? "" : one.avatar;
  const drawn = !sign && one && !one.is_bot ? portrait(one.id, one.avatar) : null;
  const classes = { class: `${size} ${sign ? "sign" : ""}`, "aria-hidden": "true" };
  return h(`span.avatar.${kind}`, classes, sign || drawn || initials(one ?? app()));
}

/** "Guest", "External", "Deactivated" or "App", or nothing. */
export function tagOf(one) {
  const mark = one.deactivated
    ? "Deactivated"
    : one.is_bot
      ? "App"
      : one.is_stranger
        ? "External"
        : one.is_guest
          ? "Guest"
          : "";
  return mark ? h(`span.tag.tag-${mark.toLowerCase()}`, {}, mark) : null;
}
