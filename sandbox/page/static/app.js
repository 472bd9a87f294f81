// Puts the page together.

import * as banners from "./banners.js";
import * as calendar from "./calendar.js";
import * as composer from "./composer.js";
import * as glass from "./inspector.js";
import * as head from "./conversation_header.js";
import * as messages from "./messages.js";
import * as modal from "./modal.js";
import * as pressing from "./pointer_hold.js";
import * as sidebar from "./sidebar.js";
import { conversation, conversationName, fullName, me, mine, onChange, state } from "./state.js";
import * as stories from "./stories.js";
import { start } from "./sync.js";
import * as tabs from "./tabs.js";
import * as tour from "./tour.js";
import * as welcome from "./start_screen.js";

function renderTitle() {
  const unread = mine().conversations.reduce((sum, one) => sum + one.unread, 0);
  const where = [
    me() && fullName(me()),
    conversation() && conversationName(conversation()),
    state.workspace?.team.name,
  ];
  document.title = `${unread ? `(${unread}) ` : ""}${where.filter(Boolean).join(" · ") || "Local workspace"}`;
}

const parts = [calendar, sidebar, stories, banners, head, welcome, messages, tabs, composer, modal, tour, glass];
pressing.setUp();
for (const { setUp } of parts) setUp?.();
function render() {
  for (const one of parts) one.render();
  renderTitle();
}
onChange(() => pressing.whenLetGo(render));
await start();
if (!state.person && !state.stories?.first.length && matchMedia("(max-width: 720px)").matches) sidebar.showSidebar(true);
