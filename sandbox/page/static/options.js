// The choices of a select of any kind: [{ value, label, about, group, tag, person }].

import { h } from "./dom.js";
import { avatar, tagOf } from "./avatars.js";
import { conversationName, fullName, mine, state } from "./state.js";
import { plain } from "./text.js";

const choice = (option, group = "") => ({
  value: option.value,
  label: plain(option.text),
  about: option.description ? plain(option.description) : "",
  group,
});

function people() {
  return (state.workspace?.members ?? [])
    .filter((one) => !one.deactivated)
    .map((one) => ({
      value: one.id,
      label: fullName(one),
      about: one.title || `@${one.handle}`,
      group: "",
      person: one,
    }))
    .sort(
      (one, other) => Boolean(one.person.is_bot) - Boolean(other.person.is_bot) || one.label.localeCompare(other.label),
    );
}

/** Whether a filter includes a conversation. Private and public channels are treated alike. */
const includes = (wanted, one) => {
  if (!wanted) return true;
  return ["im", "mpim"].includes(one.kind) ? wanted.includes(one.kind) : /public|private/.test(wanted.join());
};

function conversations(spec) {
  const wanted = spec.type.endsWith("channels_select") ? ["public", "private"] : spec.filter?.include;
  return mine()
    .conversations.filter((one) => includes(wanted, one))
    .map((one) => ({
      value: one.id,
      label: `${["im", "mpim"].includes(one.kind) ? "" : "#"}${conversationName(one)}`,
      about: "",
      group: "",
    }));
}

/** The choices of any select element. */
export function choicesOf(spec) {
  if (/(conversations|channels)_select$/.test(spec.type)) return conversations(spec);
  if (spec.type.endsWith("users_select")) return people();
  if (spec.option_groups)
    return spec.option_groups.flatMap((group) => group.options.map((one) => choice(one, plain(group.label))));
  return (spec.options ?? []).map((one) => choice(one));
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The choices that contain every word of `query`: "ada love" finds Ada Lovelace. */
export function matching(choices, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return choices.filter((one) => {
    const text = folded(`${one.label} ${one.about} ${one.person ? one.person.handle : ""} ${one.group}`);
    return words.every((word) => text.includes(word));
  });
}

/** One choice as a row of an open list. */
export function choiceRow(one, { id, selected, disabled }) {
  const text = h(
    "span.choice-text",
    {},
    h("span.choice-label", {}, one.label),
    one.about ? h("span.choice-about", {}, one.about) : null,
  );
  const row = { role: "option", id, "aria-selected": String(selected), "aria-disabled": disabled ? "true" : null };
  return h(
    "div.choice",
    row,
    one.person ? avatar(one.person, "small") : null,
    text,
    one.person ? tagOf(one.person) : null,
  );
}
