// Assembles the page from its parts.

import * as banners from "./banners.js";
import * as calendar from "./calendar.js";
import * as composer from "./composer.js";
import * as conversationHeader from "./conversation_header.js";
import * as inspector from "./inspector.js";
import * as messages from "./messages.js";
import * as modal from "./modal.js";
import * as pointerHold from "./pointer_hold.js";
import * as scenarios from "./scenarios.js";
import * as sidebar from "./sidebar.js";
import * as startScreen from "./start_screen.js";
import { conversation, conversationName, fullName, me, mine, onChange, state } from "./state.js";
import { start } from "./sync.js";
import * as tabs from "./tabs.js";
import * as tour from "./tour.js";

function renderTitle() {
  const unread = mine().conversations.reduce((sum, one) => sum + one.unread, 0);
  const where = [
    me() && fullName(me()),
    conversation() && conversationName(conversation()),
    state.workspace?.team.name,
  ];
  document.title = `${unread ? `(${unread}) ` : ""}${where.filter(Boolean).join(" · ") || "Local workspace"}`;
}

const parts = [
  calendar,
  sidebar,
  scenarios,
  banners,
  conversationHeader,
  startScreen,
  messages,
  tabs,
  composer,
  modal,
  tour,
  inspector,
];
pointerHold.setUp();
for (const { setUp } of parts) setUp?.();
function render() {
  for (const one of parts) one.render();
  renderTitle();
}
onChange(() => pointerHold.whenReleased(render));
await start();
if (!state.person && !state.scenarios?.start_as.length && matchMedia("(max-width: 720px)").matches) sidebar.showSidebar(true);
