// The whole of one call or delivery.

import { h } from "./dom.js";
import { copyButton, jsonTree, pretty } from "./json_view.js";

const TRANSPORTS = { deliver: "Handed over in process", socket: "Through Socket Mode", http: "As an HTTP request", none: "Not sent" };
const TOKENS = { bot: "bot token", app: "app-level token", none: "no token", unknown: "an unknown token" };

/** Sentences that the JSON does not say. */
function facts(one) {
  const found = [];
  if (one.from_app) {
    const scopes = one.scopes.length ? one.scopes : one.needs;
    if (one.name !== "respond") found.push(`Called with the ${TOKENS[one.token_kind]}.`);
    if (scopes.length) found.push(`${one.scopes.length ? "Drew on" : "Needs"} the scope ${scopes.join(", ")}.`);
    if (one.ordered === "answer") found.push("A fault answered it: nothing was done.");
    if (one.ordered === "dropped") found.push("A fault: it was done, and the line dropped before the app heard.");
  } else {
    found.push(`${TRANSPORTS[one.transport]}.`);
    if (one.retry) found.push(`Sent again, number ${one.retry} (${one.retry_reason}).`);
  }
  return [...found, ...one.findings];
}

function part(title, value) {
  return [
    h("div.part-head", {}, h("h4", {}, title), copyButton("Copy", () => pretty(value))),
    jsonTree(value, title),
  ];
}

function answered({ answer, from_app: fromApp }) {
  if (!answer) return h("p.about", {}, fromApp ? "Its answer is not kept any more." : "There was no answer.");
  const { status, headers, body } = answer;
  const title = `Answer ${status}`;
  if (body === null || body === "") return [h("h4", {}, title), h("p.about", {}, "With an empty body.")];
  const names = Object.entries(headers);
  const more = names.length
    ? h("details.headers", {}, h("summary", {}, "Headers"), jsonTree(Object.fromEntries(names), "Headers"))
    : null;
  return [part(title, body), more];
}

export const exchange = (one) =>
  h(
    "div",
    {},
    facts(one).map((words) => h("p.about", {}, words)),
    part(one.from_app ? "Arguments" : "Payload", one.sent),
    answered(one),
  );
