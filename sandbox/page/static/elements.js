// Block elements: docs.slack.dev/reference/block-kit/block-elements. Each is built for a `use`, which says where it is:
//   id, labels      the id of its control, and the aria attributes that name and describe it
//   entry           what the view's state holds for it, if anything
//   block           the block it stands in
//   isInput         it stands in an input block: its value waits for submit
//   send(spec, value, how)   tells the workspace: how is "now", "typing" or "enter"; answers when the app has answered

import { button, feedback, iconButton, send, workflowButton } from "./buttons.js";
import { localAt, secondsAt } from "./clock.js";
import { freshId, h } from "./dom.js";
import { field, isField, sendsOnEnter } from "./fields.js";
import { overflow } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { select } from "./select.js";
import { plain } from "./text.js";
import { valueOf } from "./input_values.js";

function selectElement(spec, use) {
  let last = valueOf(spec, use.entry);
  const undo = () => node.setValue(last);
  const chosen = async (value) => {
    const before = last;
    last = value;
    await send(spec, use, value, node, () => {
      last = before;
      undo();
    });
  };
  const node = select(spec, {
    id: use.id,
    value: last,
    labels: use.labels,
    clearable: Boolean(use.block.optional),
    chosen,
  });
  return node;
}

/** `toValue` and `fromValue` turn what the field says into what the app gets, and back. */
function picker(type, toValue = (said) => said, fromValue = (value) => value) {
  return (spec, use) => {
    const held = valueOf(spec, use.entry);
    let last = held ? fromValue(held) : "";
    const changed = () => {
      const before = last;
      last = node.value;
      return send(spec, use, node.value ? toValue(node.value) : null, node, () => {
        node.value = before;
        last = before;
      });
    };
    const node = h("input", {
      id: use.id,
      type,
      value: last,
      "data-focus": spec.action_id,
      ...use.labels,
      onchange: changed,
    });
    if (spec.placeholder) node.title = plain(spec.placeholder);
    return node;
  };
}

const words = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : plain(object));

/** Checkboxes and radio buttons: one row an option. */
function ticks(type) {
  return (spec, use) => {
    const name = freshId("ticks");
    const held = [valueOf(spec, use.entry) ?? []].flat();
    const boxes = spec.options.map((option) => {
      const about = option.description ? h("span.about", {}, words(option.description)) : null;
      const box = h("input", {
        type,
        name,
        value: option.value,
        checked: held.includes(option.value),
        "data-focus": `${spec.action_id}-${option.value}`,
      });
      return { box, row: h("label.tick", {}, box, h("span", {}, h("span.tick-label", {}, words(option.text)), about)) };
    });
    const ticked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    let last = ticked();
    const changed = () => {
      const before = last;
      last = ticked();
      return send(spec, use, type === "radio" ? (last[0] ?? null) : last, group, () => {
        last = before;
        for (const { box } of boxes) box.checked = before.includes(box.value);
      });
    };
    const role = type === "radio" ? "radiogroup" : "group";
    const group = h(
      "div.ticks",
      { id: use.id, role, ...use.labels, onchange: changed },
      boxes.map(({ row }) => row),
    );
    return group;
  };
}

function fieldElement(spec, use) {
  return field(spec, {
    id: use.id,
    value: valueOf(spec, use.entry),
    labels: use.labels,
    enterSends: sendsOnEnter(spec, use.block),
    typed: (value) => use.send(spec, value || null, "typing"),
    entered: (value) => use.send(spec, value || null, "enter"),
  });
}

export function image(spec) {
  const missing = () =>
    node.replaceWith(h("span.image-missing", { role: "img", "aria-label": spec.alt_text }, spec.alt_text || "Image"));
  const node = h("img", {
    src: /^(https?:|data:image\/)/i.test(spec.image_url ?? "") ? spec.image_url : "",
    alt: spec.alt_text ?? "",
    onerror: missing,
  });
  return node;
}

const ELEMENTS = {
  button,
  image,
  checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"),
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: picker("datetime-local", secondsAt, localAt),
  feedback_buttons: feedback,
  icon_button: iconButton,
  workflow_button: workflowButton,
  file_input: () => h("span.unknown", {}, "Files cannot be sent in this local workspace."),
  static_select: selectElement,
  multi_static_select: selectElement,
  users_select: selectElement,
  multi_users_select: selectElement,
  conversations_select: selectElement,
  multi_conversations_select: selectElement,
  channels_select: selectElement,
  multi_channels_select: selectElement,
  overflow: (spec, use) => overflow(spec, { labels: use.labels, picked: (value) => send(spec, use, value, null) }),
};

/** The node of any element; for a kind this page does not know, a note that says so. */
export function element(spec, use) {
  if (isField(spec)) return fieldElement(spec, use);
  return ELEMENTS[spec.type]?.(spec, use) ?? h("span.unknown", {}, `This page cannot show “${spec.type}”.`);
}
