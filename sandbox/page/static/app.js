// Puts the page together.

import * as banners from "./banners.js";
import * as calendar from "./calendar.js";
import * as composer from "./composer.js";
import * as glass from "./glass.js";
import * as messages from "./messages.js";
import * as modal from "./modal.js";
import * as sidebar from "./sidebar.js";
import { conversation, conversationName, fullName, me, mine, onChange, state } from "./state.js";
import { start } from "./sync.js";

function renderTitle() {
  const unread = mine().conversations.reduce((sum, one) => sum + one.unread, 0);
  const where = [
    me() && fullName(me()),
    conversation() && conversationName(conversation()),
    state.workspace?.team.name,
  ];
  document.title = `${unread ? `(${unread}) ` : ""}${where.filter(Boolean).join(" · ") || "Local workspace"}`;
}

const parts = [calendar, sidebar, banners, messages, composer, modal, glass];
for (const { setUp } of parts) setUp?.();
onChange(() => {
  for (const { render } of parts) render();
  renderTitle();
});
await start();
if (!state.person && matchMedia("(max-width: 720px)").matches) sidebar.showSidebar(true);
