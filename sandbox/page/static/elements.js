// Block elements: docs.slack.dev/reference/block-kit/block-elements. Each is built for a `control`:
//   id, labels      the id of its form control, and the aria attributes that name and describe it
//   entry           its entry in the view's state, if any
//   block           the block it belongs to
//   isInput         it belongs to an input block: its value waits for submit
//   send(spec, value, how)   sends a value to the workspace; how is "now", "typing" or "enter". Resolves when the app
//                            has answered.

import { button, feedback, iconButton, send, workflowButton } from "./buttons.js";
import { localAt, secondsAt } from "./clock.js";
import { freshId, h } from "./dom.js";
import { field, isField, sendsOnEnter } from "./fields.js";
import { overflow } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { select } from "./select.js";
import { plain } from "./text.js";
import { valueOf } from "./input_values.js";

function selectElement(spec, control) {
  let last = valueOf(spec, control.entry);
  const undo = () => node.setValue(last);
  const onChoose = async (value) => {
    const before = last;
    last = value;
    await send(spec, control, value, node, () => {
      last = before;
      undo();
    });
  };
  const node = select(spec, {
    id: control.id,
    value: last,
    labels: control.labels,
    clearable: Boolean(control.block.optional),
    onChoose,
  });
  return node;
}

/** `toValue` and `fromValue` convert the field's text to the app's value, and back. */
function picker(type, toValue = (text) => text, fromValue = (value) => value) {
  return (spec, control) => {
    const initial = valueOf(spec, control.entry);
    let last = initial ? fromValue(initial) : "";
    const changed = () => {
      const before = last;
      last = node.value;
      return send(spec, control, node.value ? toValue(node.value) : null, node, () => {
        node.value = before;
        last = before;
      });
    };
    const node = h("input", {
      id: control.id,
      type,
      value: last,
      "data-focus": spec.action_id,
      ...control.labels,
      onchange: changed,
    });
    if (spec.placeholder) node.title = plain(spec.placeholder);
    return node;
  };
}

const textNodes = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : plain(object));

/** Checkboxes and radio buttons: one row per option. */
function optionList(type) {
  return (spec, control) => {
    const name = freshId("options");
    const initial = [valueOf(spec, control.entry) ?? []].flat();
    const boxes = spec.options.map((option) => {
      const about = option.description ? h("span.about", {}, textNodes(option.description)) : null;
      const box = h("input", {
        type,
        name,
        value: option.value,
        checked: initial.includes(option.value),
        "data-focus": `${spec.action_id}-${option.value}`,
      });
      return { box, row: h("label.option-row", {}, box, h("span", {}, h("span.option-label", {}, textNodes(option.text)), about)) };
    });
    const checked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    let last = checked();
    const changed = () => {
      const before = last;
      last = checked();
      return send(spec, control, type === "radio" ? (last[0] ?? null) : last, group, () => {
        last = before;
        for (const { box } of boxes) box.checked = before.includes(box.value);
      });
    };
    const role = type === "radio" ? "radiogroup" : "group";
    const group = h(
      "div.option-list",
      { id: control.id, role, ...control.labels, onchange: changed },
      boxes.map(({ row }) => row),
    );
    return group;
  };
}

function fieldElement(spec, control) {
  return field(spec, {
    id: control.id,
    value: valueOf(spec, control.entry),
    labels: control.labels,
    enterSends: sendsOnEnter(spec, control.block),
    onType: (value) => control.send(spec, value || null, "typing"),
    onEnter: (value) => control.send(spec, value || null, "enter"),
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
  checkboxes: optionList("checkbox"),
  radio_buttons: optionList("radio"),
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: picker("datetime-local", secondsAt, localAt),
  feedback_buttons: feedback,
  icon_button: iconButton,
  workflow_button: workflowButton,
  file_input: () => h("span.unknown", {}, "You can’t send files in this local workspace."),
  static_select: selectElement,
  multi_static_select: selectElement,
  users_select: selectElement,
  multi_users_select: selectElement,
  conversations_select: selectElement,
  multi_conversations_select: selectElement,
  channels_select: selectElement,
  multi_channels_select: selectElement,
  overflow: (spec, control) => overflow(spec, { labels: control.labels, onPick: (value) => send(spec, control, value, null) }),
};

/** The node of any element; a note for a kind that this page can't show. */
export function element(spec, control) {
  if (isField(spec)) return fieldElement(spec, control);
  return ELEMENTS[spec.type]?.(spec, control) ?? h("span.unknown", {}, `This page can’t show “${spec.type}”.`);
}
