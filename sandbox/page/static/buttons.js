// Buttons of every kind, and how a press or a choice goes to the app. See elements.js for what a `use` is.

import { confirmed } from "./confirm.js";
import { h, icon } from "./dom.js";
import { state } from "./state.js";
import { plain, safeUrl } from "./text.js";

/** Sends a value, after the element's confirm question; `busy` shows that the app is being waited for. */
export async function send(spec, use, value, busy, undo = () => {}) {
  if (!use.isInput && !(await confirmed(spec.confirm))) return undo();
  busy?.setAttribute("aria-busy", "true");
  await use.send(spec, value, "now");
  return busy?.removeAttribute("aria-busy");
}

export function button(spec, use) {
  const style = ["primary", "danger"].includes(spec.style) ? `.${spec.style}` : "";
  const href = safeUrl(spec.url);
  const common = { "data-focus": spec.action_id, "aria-label": spec.accessibility_label || null };
  const press = () => node.getAttribute("aria-busy") || send(spec, use, null, node);
  const node = href
    ? h(
        `a.button${style}`,
        { href, target: "_blank", rel: "noopener noreferrer", onclick: press, ...common },
        plain(spec.text),
        icon("external"),
      )
    : h(`button${style}`, { type: "button", onclick: press, ...common }, plain(spec.text));
  return node;
}

/** Two thumbs, of which the app hears one. */
export function feedback(spec, use) {
  const thumb = (one, sign) => {
    const label = one.accessibility_label || plain(one.text);
    const press = () => send(spec, use, one.value, node);
    const named = { "aria-label": label, title: plain(one.text) };
    const node = h("button.quiet", { type: "button", onclick: press, ...named }, sign);
    return node;
  };
  return h("span.feedback", {}, thumb(spec.positive_button, "👍"), thumb(spec.negative_button, "👎"));
}

/** Slack's icons are its own: here the button bears its words. Some are for certain people alone. */
export const iconButton = (spec, use) =>
  spec.visible_to_user_ids && !spec.visible_to_user_ids.includes(state.person) ? h("span") : button(spec, use);

export const workflowButton = (spec, use) => button({ ...spec, url: spec.workflow.trigger.url }, use);
