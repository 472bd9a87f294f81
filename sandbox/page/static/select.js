// Selects of every kind: one or several choices, from a list or from the people here, with search. A combobox as in
// the ARIA practices: the text box keeps the focus.

import { freshId, h, icon } from "./dom.js";
import { choiceRow, choicesOf, matching } from "./options.js";
import { openPopup } from "./popup.js";
import { plain } from "./text.js";

const FEW = 8;
const HINTS = {
  users_select: "Choose a person",
  conversations_select: "Choose a conversation",
  channels_select: "Choose a channel",
};

/**
 * A select for `spec`. `value`: the chosen value, or a list if it takes several. Calls `onChoose(value)` for each
 * choice; `clearable` lets a single choice be removed. The returned element has `.setValue(value)`.
 */
export function select(spec, { id, value, labels, clearable, onChoose }) {
  const several = spec.type.startsWith("multi_");
  const choices = choicesOf(spec);
  const byValue = new Map(choices.map((one) => [one.value, one]));
  const most = several ? (spec.max_selected_items ?? Infinity) : 1;
  const listId = freshId("list");
  let picked = several ? [...(value ?? [])] : value ? [value] : [];
  let shown = [];
  let active = -1;
  let close = null;

  const hint = plain(spec.placeholder) || HINTS[spec.type.replace(/^multi_/, "")] || "Choose an option";
  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-controls": listId,
    "data-focus": spec.action_id,
    inputmode: choices.length < FEW ? "none" : "search",
    ...labels,
    oninput: () => open(input.value),
    onkeydown,
    onblur,
    onclick: toggle,
  });
  const chips = h("span.chips");
  const clear = h(
    "button.quiet.clear",
    { type: "button", "aria-label": "Clear the choice", onclick: () => choose(null) },
    icon("close"),
  );
  const box = h(
    `div.select${several ? ".several" : ""}`,
    { onclick: (event) => event.target === box && input.focus() },
    chips,
    input,
    clear,
    icon("chevron"),
  );
  const list = h("div.choices", {
    id: listId,
    role: "listbox",
    "aria-multiselectable": several ? "true" : null,
    onmousedown: (event) => event.preventDefault(),
  });

  function settle() {
    input.placeholder = several && picked.length ? "" : hint;
    input.value = several ? "" : (byValue.get(picked[0])?.label ?? picked[0] ?? "");
    clear.hidden = several || !clearable || !picked.length;
    chips.replaceChildren(...(several ? picked.map(chip) : []));
  }

  function chip(each) {
    const label = byValue.get(each)?.label ?? each;
    const remove = { type: "button", "aria-label": `Remove ${label}`, onclick: () => choose(each) };
    return h("span.chip", {}, label, h("button.quiet", remove, icon("close")));
  }

  function open(query) {
    shown = matching(choices, query);
    active = query ? (shown.length ? 0 : -1) : shown.findIndex((one) => picked.includes(one.value));
    draw();
    if (!close) {
      close = openPopup(list, box, () => {
        close = null;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
        settle();
      });
      input.setAttribute("aria-expanded", "true");
    }
    point(active);
  }

  function draw() {
    const rows = [];
    let group = null;
    shown.forEach((one, index) => {
      if (one.group && one.group !== group?.name) {
        group = {
          name: one.group,
          node: h("div", { role: "group", "aria-label": one.group }, h("div.choice-group", {}, one.group)),
        };
        rows.push(group.node);
      }
      const selected = picked.includes(one.value);
      const disabled = several && !selected && picked.length >= most;
      const row = choiceRow(one, { id: `${listId}-${index}`, selected, disabled });
      if (!disabled) row.addEventListener("click", () => choose(one.value));
      if (one.group) group.node.append(row);
      else rows.push(row);
    });
    const note = !shown.length
      ? "No matches"
      : several && picked.length >= most
        ? `You can choose up to ${most}`
        : "";
    list.replaceChildren(...rows, ...(note ? [h("div.choice-note", {}, note)] : []));
  }

  function point(index) {
    list.querySelector(".active")?.classList.remove("active");
    active = index;
    const row = document.getElementById(`${listId}-${index}`);
    if (!row) return input.removeAttribute("aria-activedescendant");
    row.classList.add("active");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  function choose(each) {
    if (!several) picked = each === null ? [] : [each];
    else picked = picked.includes(each) ? picked.filter((one) => one !== each) : [...picked, each];
    if (several && close) {
      input.value = "";
      settle();
      open("");
    } else if (close) close();
    else settle();
    if (document.activeElement !== input) input.focus({ preventScroll: true });
    onChoose(several ? picked : (picked[0] ?? null));
  }

  function toggle() {
    if (close && !several) close();
    else if (!close) {
      open("");
      input.select();
    }
  }

  function onblur() {
    close?.();
  }

  function onkeydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!close) open("");
      else if (shown.length) point((active + step + shown.length) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!close) open("");
      else document.getElementById(`${listId}-${active}`)?.click();
    } else if (event.key === "Escape" && close) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && several && !input.value && picked.length) choose(picked.at(-1));
  }

  box.setValue = (next) => {
    picked = several ? [...(next ?? [])] : next ? [next] : [];
    settle();
  };
  settle();
  return box;
}
