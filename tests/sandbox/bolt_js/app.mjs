// A small app on Slack's Bolt for JavaScript. It knows nothing of the local Slack but the address of its Web API.
import bolt from "@slack/bolt";

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: "plain_text", text });
const section = (text) => ({ type: "section", text: { type: "mrkdwn", text } });

app.command("/go", async ({ ack, body, client }) => {
  await ack();
  const input = { type: "input", block_id: "place", label: plain("Where to?"), element: { type: "plain_text_input", action_id: "place" } };
  const view = { type: "modal", callback_id: "journey", title: plain("A journey"), submit: plain("Go"), blocks: [input] };
  await client.views.open({ trigger_id: body.trigger_id, view });
});

app.view("journey", async ({ ack, body, view, client }) => {
  const place = view.state.values.place.place.value;
  if (place === "nowhere") return ack({ response_action: "errors", errors: { place: "Choose a place that exists." } });
  await ack();
  const button = { type: "button", action_id: "arrived", text: plain("I’m there"), value: place };
  const blocks = [section(`To *${place}*`), { type: "actions", elements: [button] }];
  await client.chat.postMessage({ channel: body.user.id, text: `To ${place}`, blocks });
});

app.action("arrived", async ({ ack, action, respond }) => {
  await ack();
  await respond({ replace_original: true, text: `Arrived in ${action.value}` });
});

app.message(async ({ message, client, say }) => {
  await client.reactions.add({ channel: message.channel, timestamp: message.ts, name: "wave" });
  await say(`You said: ${message.text}`);
});

app.event("app_home_opened", async ({ event, client }) => {
  const { profile } = await client.users.profile.get({ user: event.user });
  const view = { type: "home", blocks: [section(`Welcome, ${profile.display_name}`)] };
  await client.blocks.validate({ view });
  await client.views.publish({ user_id: event.user, view });
});

app.event("team_join", async ({ event, client }) => {
  await client.chat.postMessage({ channel: event.user.id, text: `Hello, ${event.user.real_name}` });
});

app.event("file_shared", async ({ event, client }) => {
  const { file } = await client.files.info({ file: event.file_id });
  await client.files.uploadV2({ channel_id: event.channel_id, filename: "copy.txt", content: `${file.name}: ${file.size}`, initial_comment: "A copy" });
});

await app.start();
