// Buttons of every kind, and how a press or a choice is sent to the app. See elements.js for `control`.

import { confirmed } from "./confirm.js";
import { h, icon } from "./dom.js";
import { state } from "./state.js";
import { plain, safeUrl } from "./text.js";

/** Sends a value, after the element's confirm dialog. `busy` is marked as busy until the app answers. */
export async function send(spec, control, value, busy, undo = () => {}) {
  if (!control.isInput && !(await confirmed(spec.confirm))) return undo();
  busy?.setAttribute("aria-busy", "true");
  await control.send(spec, value, "now");
  return busy?.removeAttribute("aria-busy");
}

export function button(spec, control) {
  const style = ["primary", "danger"].includes(spec.style) ? `.${spec.style}` : "";
  const href = safeUrl(spec.url);
  const common = { "data-focus": spec.action_id, "aria-label": spec.accessibility_label || null };
  const press = () => node.getAttribute("aria-busy") || send(spec, control, null, node);
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

/** Two thumbs; a press sends the value of one. */
export function feedback(spec, control) {
  const thumb = (one, sign) => {
    const label = one.accessibility_label || plain(one.text);
    const press = () => send(spec, control, one.value, node);
    const named = { "aria-label": label, title: plain(one.text) };
    const node = h("button.quiet", { type: "button", onclick: press, ...named }, sign);
    return node;
  };
  return h("span.feedback", {}, thumb(spec.positive_button, "👍"), thumb(spec.negative_button, "👎"));
}

/** Slack's icons are not available here, so the button shows its text. It can be limited to some people. */
export const iconButton = (spec, control) =>
  spec.visible_to_user_ids && !spec.visible_to_user_ids.includes(state.person) ? h("span") : button(spec, control);

export const workflowButton = (spec, control) => button({ ...spec, url: spec.workflow.trigger.url }, control);
