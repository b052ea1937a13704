// The page's calls. A refusal is thrown as an Error whose message is a sentence for people.

import { refusal } from "./words.js";

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error(refusal("offline"));
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(refusal(body.error));
  return body;
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const state = () => call("/api/state");
export const chat = (id, before) =>
  call(`/api/chat/${encodeURIComponent(id)}${before ? `?before=${encodeURIComponent(before)}` : ""}`);
export const suggestions = (id) => call(`/api/suggestions/${encodeURIComponent(id)}`);
export const press = (chatId, message, data, by) => post("/api/press", { chat: chatId, message, data, by });
export const read = (chatId) => post("/api/read", { chat: chatId });
export const move = (to) => post("/api/clock", { to });
export const sample = (chatId) => post("/api/sample", { chat: chatId });

export function say(chatId, text, files, replyTo, by) {
  const form = new FormData();
  form.set("chat", chatId);
  form.set("by", by);
  form.set("text", text);
  form.set("reply_to", replyTo ?? "");
  for (const file of files) form.append("files", file, file.name);
  return call("/api/say", { method: "POST", body: form });
}

/** Live updates. `on` has a function for each kind of event, and `lost` for a broken connection. */
export function listen(on) {
  const source = new EventSource("/api/events");
  for (const kind of ["hello", "news", "clock"]) {
    source.addEventListener(kind, (event) => on[kind](JSON.parse(event.data)));
  }
  source.addEventListener("error", () => {
    on.lost();
    // A browser gives up for good on an answer that is no stream, such as that of a program just starting.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(on), 2000);
  });
}
