// Blocks that contain others: cards, carousels, containers, alerts, tasks and plans, and videos. See
// docs.slack.dev/reference/block-kit/blocks. Each gets builders from blocks.js: textNodes(text object), block(spec)
// and element(spec).

import { h, icon } from "./dom.js";
import { image } from "./elements.js";
import { richText } from "./rich_text.js";
import { link, plain, safeUrl } from "./text.js";

const LEVELS = { warning: "Warning", error: "Error", success: "Done", info: "Note", default: "" };
const STATUS = { pending: "To do", in_progress: "In progress", complete: "Done", error: "Failed" };

export function alert(block, { textNodes }) {
  const level = block.level ?? "default";
  const sign = level === "success" ? "check" : "warning";
  const prefix = LEVELS[level] ? h("span.aside", {}, `${LEVELS[level]}: `) : null;
  return h(`div.alert.alert-${level}`, {}, icon(sign), h("div.text", {}, prefix, textNodes(block.text)));
}

export function card(block, { textNodes, element }) {
  const line = (name) => (block[name] ? h(`div.text.card-${name}`, {}, textNodes(block[name])) : null);
  const buttons = (block.actions ?? []).map(element);
  return h(
    "div.card",
    {},
    block.hero_image ? h("div.card-hero", {}, image(block.hero_image)) : null,
    h(
      "div.card-text",
      {},
      block.icon ? h("div.card-icon", {}, image(block.icon)) : null,
      ["title", "subtitle", "body", "subtext"].map(line),
      buttons.length ? h("div.card-actions", {}, buttons) : null,
    ),
  );
}

export const carousel = (block, { block: nested }) =>
  h("div.carousel", { tabindex: "0", role: "group", "aria-label": "Cards" }, block.elements.map(nested));

export function container(block, { block: nested, textNodes }) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : plain(block.title);
  const subtitle = block.subtitle ? h("div.text.card-subtitle", {}, textNodes(block.subtitle)) : null;
  const head = [
    block.icon ? h("span.card-icon", {}, image(block.icon)) : null,
    h("div.container-title", {}, title, subtitle),
  ];
  const body = h("div.container-body", {}, block.child_blocks.map(nested));
  const classes = { class: block.has_header_divider ? "ruled" : "" };
  if (!block.is_collapsible) return h("div.container", classes, h("div.container-head", {}, head), body);
  const open = block.default_collapsed ? null : true;
  return h("details.container", { ...classes, open }, h("summary.container-head", {}, head, icon("chevron")), body);
}

export function task(block) {
  const status = block.status ?? "pending";
  const part = (value) => (value ? h("div.task-part", {}, richText(value)) : null);
  const sources = (block.sources ?? []).map((one) => h("li", {}, link(one.url, one.text ?? one.url)));
  return h(
    `div.task-card.task-${status}`,
    {},
    h("div.task-head", {}, h("strong", {}, block.title), h("span.tag", {}, STATUS[status])),
    part(block.details),
    part(block.output),
    sources.length ? h("ul", {}, sources) : null,
  );
}

export const plan = (block) => h("div.plan", {}, h("strong", {}, block.title), (block.tasks ?? []).map(task));

/** Videos are not played here: a thumbnail links to the video. */
export function video(block) {
  const href = safeUrl(block.title_url ?? block.video_url);
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "figure.video",
    {},
    h("figcaption", {}, link(href, plain(block.title)), by ? h("span.about", {}, by) : null),
    block.description ? h("p", {}, plain(block.description)) : null,
    link(href, image({ image_url: block.thumbnail_url, alt_text: block.alt_text })),
  );
}
