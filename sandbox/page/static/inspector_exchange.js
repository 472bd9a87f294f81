// The details of one call or delivery.

import { h } from "./dom.js";
import { copyButton, jsonTree, pretty } from "./json_view.js";

const TRANSPORTS = { deliver: "Sent in process", socket: "Sent through Socket Mode", http: "Sent as an HTTP request", none: "Not sent" };
const TOKENS = { bot: "bot token", app: "app-level token", none: "no token", unknown: "an unknown token" };

/** Facts that are not in the JSON, as sentences. */
function facts(one) {
  const found = [];
  if (one.from_app) {
    const scopes = one.scopes.length ? one.scopes : one.needs;
    if (one.name !== "respond") found.push(`Called with the ${TOKENS[one.token_kind]}.`);
    if (scopes.length) found.push(`${one.scopes.length ? "Used" : "Needs"} the scope ${scopes.join(", ")}.`);
    if (one.fault === "answer") found.push("A failure was turned on: Slack refused the call and did nothing.");
    if (one.fault === "dropped") found.push("A failure was turned on: Slack did it, but the response was lost.");
  } else {
    found.push(`${TRANSPORTS[one.transport]}.`);
    if (one.retry) found.push(`Resent, attempt ${one.retry} (${one.retry_reason}).`);
  }
  return [...found, ...one.problems];
}

function part(title, value) {
  return [
    h("div.part-head", {}, h("h4", {}, title), copyButton("Copy", () => pretty(value))),
    jsonTree(value, title),
  ];
}

function responsePart({ response, from_app: fromApp }) {
  if (!response) return h("p.about", {}, fromApp ? "The response is no longer stored." : "There was no response.");
  const { status, headers, body } = response;
  const title = `Response ${status}`;
  if (body === null || body === "") return [h("h4", {}, title), h("p.about", {}, "The body is empty.")];
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
    facts(one).map((text) => h("p.about", {}, text)),
    part(one.from_app ? "Arguments" : "Payload", one.sent),
    responsePart(one),
  );
