// Blocks: docs.slack.dev/reference/block-kit/blocks. Built for a `place`, which is a message or a view:
//   entry(block_id, action_id)            what the view's state holds for an element, if anything
//   send(block, spec, value, how)         tells the workspace; answers { ok, error }

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
export function words(object) {
  if (!object) return null;
  return object.type === "mrkdwn" ? mrkdwn(object.text) : h("span.plain", {}, plain(object));
}

/** A notice at the foot of a block, for when the app did not answer; the next answer takes it away. */
function notice(node, sentence) {
  node.querySelector(":scope > .block-error")?.remove();
  if (sentence) node.append(h("p.block-error", { role: "alert" }, icon("warning"), sentence));
}

function useIn(block, spec, place, node, more = {}) {
  return {
    id: freshId("control"),
    labels: {},
    entry: place.entry(block.block_id, spec.action_id),
    block,
    isInput: false,
    async send(sent, value, how) {
      const answer = await place.send(block, sent, value, how);
      notice(node, answer.ok === false ? answer.error : "");
    },
    ...more,
  };
}

function section(block, place, node) {
  const label = freshId("text");
  const text = block.text ? h("div.words", { id: label }, words(block.text)) : null;
  const fields = block.fields
    ? h(
        "div.section-fields",
        {},
        block.fields.map((one) => h("div.words", {}, words(one))),
      )
    : null;
  const body = h("div.section-body", {}, text, fields);
  if (!block.accessory) return body;
  const named =
    ["button", "image", "overflow"].includes(block.accessory.type) || !text ? {} : { "aria-labelledby": label };
  const accessory = element(block.accessory, useIn(block, block.accessory, place, node, { labels: named }));
  return [body, h(`div.accessory.accessory-${block.accessory.type}`, {}, accessory)];
}

const NAMES = {
  datepicker: "Date",
  timepicker: "Time",
  datetimepicker: "Date and time",
  overflow: "More actions",
};

function actions(block, place, node) {
  return block.elements.map((spec) => {
    const label = plain(spec.placeholder) || NAMES[spec.type];
    const labels = label && spec.type !== "button" ? { "aria-label": label } : {};
    return element(spec, useIn(block, spec, place, node, { labels }));
  });
}

const contextElement = (spec) => (spec.type === "image" ? image(spec) : h("span.words", {}, words(spec)));

function imageBlock(block) {
  const title = block.title ? h("figcaption", {}, words(block.title)) : null;
  return h("figure", {}, title, image(block));
}

function input(block, place, node) {
  const [label, hint, error] = [freshId("label"), freshId("hint"), freshId("error")];
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const labels = {
    "aria-labelledby": grouped ? label : null,
    "aria-describedby": [block.hint && hint, error].filter(Boolean).join(" "),
    "aria-required": block.optional || grouped ? null : "true",
  };
  const use = useIn(block, block.element, place, node, { labels, isInput: true });
  const ask = use.send;
  use.send = (...sent) => {
    node.setError("");
    return ask(...sent);
  };
  const control = element(block.element, use);
  const optional = block.optional ? h("span.optional", {}, " (optional)") : null;
  const trouble = h("p.field-error", { id: error, hidden: true });
  node.setError = (sentence) => {
    trouble.replaceChildren(...(sentence ? [icon("warning"), sentence] : []));
    trouble.hidden = !sentence;
    node.classList.toggle("wrong", Boolean(sentence));
    const target = node.querySelector(`#${use.id}`);
    if (sentence) target?.setAttribute("aria-invalid", "true");
    else target?.removeAttribute("aria-invalid");
  };
  return [
    h("label.field-label", { id: label, for: grouped ? null : use.id }, plain(block.label), optional),
    control,
    trouble,
    block.hint ? h("p.field-hint", { id: hint }, words(block.hint)) : null,
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

const HOLDERS = {
  alert: cards.alert,
  card: cards.card,
  carousel: cards.carousel,
  container: cards.container,
  task_card: cards.task,
  plan: cards.plan,
  video: cards.video,
};

/** What blocks lend to those that hold others. */
const lent = (spec, place, node) => ({
  words,
  block: (one) => block(one, place),
  element: (one) => element(one, useIn(spec, one, place, node)),
});

/** The node of any block. An input block's has `setError(sentence)`, "" for none. */
export function block(spec, place) {
  const node = h(`div.block.block-${spec.type}`, { "data-block": spec.block_id });
  const shown =
    HOLDERS[spec.type]?.(spec, lent(spec, place, node)) ??
    BLOCKS[spec.type]?.(spec, place, node) ?? h("span.unknown", {}, `This page cannot show “${spec.type}”.`);
  node.prepend(...[shown].flat(Infinity).filter(Boolean));
  return node;
}
