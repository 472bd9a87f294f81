// The contexts of blocks, a view or a message: the values of their elements, and how actions reach the app. See blocks.js.

import * as api from "./api.js";
import { state } from "./state.js";
import { refreshMine } from "./sync.js";

/** Sends an action to the app, then refreshes. */
async function act(container, spec, element, value) {
  const answer = await api.act(state.person, {
    container,
    block_id: spec.block_id,
    action_id: element.action_id,
    value,
  });
  await refreshMine();
  return answer;
}

/** A view: a modal or the Home tab. `values` are the drafts of its inputs. */
export function viewContext(view, values) {
  return {
    entry(blockId, actionId) {
      const entry = view.state?.values?.[blockId]?.[actionId];
      const entered = values.entered(blockId, actionId);
      return entry && "value" in entry && entered !== undefined ? { ...entry, value: entered } : entry;
    },
    async send(spec, element, value, how) {
      if (spec.type === "input")
        return values.change({ block_id: spec.block_id, action_id: element.action_id, value }, how);
      await values.flush();
      return act({ kind: "view", view_id: view.id }, spec, element, value);
    },
  };
}

/** The person's choices in a message. Looked up here, so that a choice does not rebuild the message. */
const chosen = (ts) => state.messages.find((one) => one.ts === ts)?.state?.values;

/** A message in a conversation. */
export function messageContext(message, channel) {
  return {
    entry: (blockId, actionId) => chosen(message.ts)?.[blockId]?.[actionId],
    async send(spec, element, value, how) {
      if (how === "typing") return { ok: true };
      return act({ kind: "message", channel, ts: message.ts }, spec, element, value);
    },
  };
}
