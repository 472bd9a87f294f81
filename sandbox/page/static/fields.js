// Text fields: text of one line or several, numbers, e-mail and web addresses.

import { freshId, h } from "./dom.js";
import { plain } from "./text.js";

const KINDS = {
  plain_text_input: { type: "text" },
  rich_text_input: { type: "text" },
  number_input: { type: "text", inputmode: "decimal" },
  email_text_input: { type: "email", inputmode: "email", autocomplete: "off" },
  url_text_input: { type: "url", inputmode: "url" },
};

export const isField = (spec) => spec.type in KINDS;

/** Shows how much of the maximum length is used, in a warning colour near the limit and above it. */
function counter(control, spec) {
  if (!spec.max_length) return null;
  const node = h("span.counter", { id: freshId("counter") });
  const count = () => {
    const used = [...control.value].length;
    node.textContent = `${used} / ${spec.max_length}`;
    node.classList.toggle("near", used > spec.max_length * 0.9);
    node.classList.toggle("over", used > spec.max_length);
  };
  control.addEventListener("input", count);
  count();
  return node;
}

/** Whether Enter in this field sends its value to the app at once. */
export function sendsOnEnter(spec, block) {
  const triggers = spec.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return Boolean(block.dispatch_action) && triggers.includes("on_enter_pressed");
}

/**
 * A field for `spec`. Calls `onType(value)` on each input, and `onEnter(value)` for Enter if `enterSends`. Otherwise
 * Enter submits the form from a one-line field, and breaks the line in a longer one.
 */
export function field(spec, { id, value, labels, enterSends, onType, onEnter }) {
  const lines = spec.multiline || spec.type === "rich_text_input";
  const { type, ...kind } = KINDS[spec.type];
  const control = h(lines ? "textarea" : "input", {
    id,
    "data-focus": spec.action_id,
    placeholder: plain(spec.placeholder) || null,
    value: value ?? "",
    ...kind,
    ...labels,
    ...(lines ? { rows: "4" } : { type }),
    autofocus: Boolean(spec.focus_on_load),
    autocomplete: "off",
    oninput: () => {
      fit();
      onType(control.value);
    },
    onkeydown: (event) => {
      if (!enterSends || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      onEnter(control.value);
    },
  });
  const fit = () => {
    if (!lines) return;
    control.style.height = "auto";
    if (control.scrollHeight) control.style.height = `${Math.min(320, control.scrollHeight + 2)}px`;
  };
  requestAnimationFrame(fit);
  const count = counter(control, spec);
  if (count) control.setAttribute("aria-describedby", `${labels["aria-describedby"] ?? ""} ${count.id}`.trim());
  const enterHint = enterSends ? h("span.enter-hint", {}, "Press Enter to send this") : null;
  const below = count || enterHint ? h("div.field-foot", {}, enterHint, count) : null;
  return h("div.field", {}, control, below);
}
