// Blocks: docs.slack.dev/reference/block-kit/blocks. Built for a `context`, a message or a view:
//   entry(block_id, action_id)            the element's entry in the state, if any
//   send(block, spec, value, how)         sends a value to the workspace; returns { ok, error }

import * as cards from "./cards.js";
import { chart } from "./charts.js";
import { freshId, h, icon } from "./dom.js";
import { element, image } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import { plain } from "./text.js";

/** Nodes for a text object. */
export function textNodes(object) {
  if (!object) return null;
  return object.type === "mrkdwn" ? mrkdwn(object.text) : h("span.plain", {}, plain(object));
}

/** Shows an error at the foot of a block, or removes it for an empty sentence. */
function showError(node, sentence) {
  node.querySelector(":scope > .block-error")?.remove();
  if (sentence) node.append(h("p.block-error", { role: "alert" }, icon("warning"), sentence));
}

function controlFor(block, spec, context, node, more = {}) {
  return {
    id: freshId("control"),
    labels: {},
    entry: context.entry(block.block_id, spec.action_id),
    block,
    isInput: false,
    async send(sent, value, how) {
      const answer = await context.send(block, sent, value, how);
      showError(node, answer.ok === false ? answer.error : "");
    },
    ...more,
  };
}

function section(block, context, node) {
  const label = freshId("text");
  const text = block.text ? h("div.text", { id: label }, textNodes(block.text)) : null;
  const fields = block.fields
    ? h(
        "div.section-fields",
        {},
        block.fields.map((one) => h("div.text", {}, textNodes(one))),
      )
    : null;
  const body = h("div.section-body", {}, text, fields);
  if (!block.accessory) return body;
  const named =
    ["button", "image", "overflow"].includes(block.accessory.type) || !text ? {} : { "aria-labelledby": label };
  const accessory = element(block.accessory, controlFor(block, block.accessory, context, node, { labels: named }));
  return [body, h(`div.accessory.accessory-${block.accessory.type}`, {}, accessory)];
}

const NAMES = {
  datepicker: "Date",
  timepicker: "Time",
  datetimepicker: "Date and time",
  overflow: "More actions",
};

function actions(block, context, node) {
  return block.elements.map((spec) => {
    const label = plain(spec.placeholder) || NAMES[spec.type];
    const labels = label && spec.type !== "button" ? { "aria-label": label } : {};
    return element(spec, controlFor(block, spec, context, node, { labels }));
  });
}

const contextElement = (spec) => (spec.type === "image" ? image(spec) : h("span.text", {}, textNodes(spec)));

function imageBlock(block) {
  const title = block.title ? h("figcaption", {}, textNodes(block.title)) : null;
  return h("figure", {}, title, image(block));
}

function input(block, context, node) {
  const [label, hint, error] = [freshId("label"), freshId("hint"), freshId("error")];
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const labels = {
    "aria-labelledby": grouped ? label : null,
    "aria-describedby": [block.hint && hint, error].filter(Boolean).join(" "),
    "aria-required": block.optional || grouped ? null : "true",
  };
  const control = controlFor(block, block.element, context, node, { labels, isInput: true });
  const { send } = control;
  control.send = (...sent) => {
    node.setError("");
    return send(...sent);
  };
  const widget = element(block.element, control);
  const optional = block.optional ? h("span.optional", {}, " (optional)") : null;
  const errorText = h("p.field-error", { id: error, hidden: true });
  node.setError = (sentence) => {
    errorText.replaceChildren(...(sentence ? [icon("warning"), sentence] : []));
    errorText.hidden = !sentence;
    node.classList.toggle("invalid", Boolean(sentence));
    const target = node.querySelector(`#${control.id}`);
    if (sentence) target?.setAttribute("aria-invalid", "true");
    else target?.removeAttribute("aria-invalid");
  };
  return [
    h("label.field-label", { id: label, for: grouped ? null : control.id }, plain(block.label), optional),
    widget,
    errorText,
    block.hint ? h("p.field-hint", { id: hint }, textNodes(block.hint)) : null,
  ];
}

const BLOCKS = {
  header: (block) => h(`h${Math.min(6, (block.level ?? 1) + 2)}.header`, {}, plain(block.text)),
  section,
  context: (block) => block.elements.map(contextElement),
  divider: () => h("hr"),
  actions,
  image: imageBlock,
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  table,
  data_table: dataTable,
  data_visualization: chart,
  context_actions: actions,
  input,
};

const CONTAINERS = {
  alert: cards.alert,
  card: cards.card,
  carousel: cards.carousel,
  container: cards.container,
  task_card: cards.task,
  plan: cards.plan,
  video: cards.video,
};

/** Functions for blocks that contain others: see cards.js. */
const builders = (spec, context, node) => ({
  textNodes,
  block: (one) => block(one, context),
  element: (one) => element(one, controlFor(spec, one, context, node)),
});

/** The node of any block. An input block's node has `setError(sentence)`; "" removes the error. */
export function block(spec, context) {
  const node = h(`div.block.block-${spec.type}`, { "data-block": spec.block_id });
  const content =
    CONTAINERS[spec.type]?.(spec, builders(spec, context, node)) ??
    BLOCKS[spec.type]?.(spec, context, node) ?? h("span.unknown", {}, `This page can’t show “${spec.type}”.`);
  node.prepend(...[content].flat(Infinity).filter(Boolean));
  return node;
}
