// One message as it is shown.

import { rendered } from "./markup.js";
import { initials, kind, moment, size } from "./words.js";

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function make(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** What stands in an avatar: a person's initials, a group's mark. */
export const face = (person) => (person.speakers.length ? icon("group") : initials(person.name));

function button(className, label, content) {
  const made = make("button", className, ...content);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  return made;
}

function quote(reply) {
  const who = reply.bot ? "Đôn Đốc" : reply.author?.name ?? "Bạn";
  const made = button("quote", "", [make("strong", "", who), make("span", "", reply.text)]);
  made.dataset.jump = reply.id;
  return made;
}

function photo(file) {
  const picture = make("img");
  picture.src = file.url;
  picture.alt = file.name;
  picture.loading = "lazy";
  const made = button("photo", `Xem ảnh ${file.name}`, [picture]);
  made.dataset.photo = file.url;
  made.dataset.name = file.name;
  return made;
}

/** Colours for the kinds of files an office sends. */
function tone(ending) {
  if (ending === "PDF") return "red";
  if (["XLS", "XLSX", "CSV"].includes(ending)) return "green";
  return ["DOC", "DOCX", "TXT", "RTF", "ODT"].includes(ending) ? "blue" : "grey";
}

export function fileIcon(name) {
  const ending = kind(name);
  const made = make("span", "file-kind", ending);
  made.dataset.tone = tone(ending);
  return made;
}

function chip(file) {
  const words = make("span", "file-words", make("strong", "", file.name), make("small", "", size(file.size)));
  const made = make("a", "file", fileIcon(file.name), words, icon("save"));
  made.href = file.url;
  made.download = file.name;
  return made;
}

function meta(message) {
  const made = make("span", "meta");
  if (message.edited) made.append(make("span", "", "đã sửa"));
  const time = make("time", "", moment(message.at).time);
  time.dateTime = message.at;
  made.append(time);
  if (!message.bot) {
    const mark = icon(message.confirmed ? "check" : "wait");
    mark.setAttribute("class", message.confirmed ? "taken" : "waiting");
    made.append(mark, make("span", "sr-only", message.confirmed ? "đã nhận" : "đang chờ"));
  }
  return made;
}

/** The rows of buttons under a message; a pressed one is found again by its data. */
function keyboard(message) {
  const made = make("div", "keyboard");
  for (const row of message.buttons) {
    const line = make("div", "row");
    for (const one of row) {
      const key = button("key", "", [make("span", "", one.label)]);
      key.dataset.data = one.data;
      if (one.style) key.dataset.style = one.style;
      line.append(key);
    }
    made.append(line);
  }
  return made;
}

/** A list item for a message: bubble, reply button, keyboard. `author` is named in a group. */
export function bubble(message, author = "") {
  const body = make("div", "bubble");
  if (author) body.append(make("strong", "author", author));
  if (message.reply) body.append(quote(message.reply));
  for (const file of message.files) body.append(file.photo ? photo(file) : chip(file));
  if (message.text) body.append(make("div", "text", message.bot ? rendered(message.text) : message.text));
  body.append(meta(message));
  const answer = button("icon answer", "Trả lời tin này", [icon("reply")]);
  answer.title = "Trả lời";
  const item = make("li", `message ${message.bot ? "bot" : "person"}`, make("div", "said", body, answer));
  if (message.files.some((file) => file.photo)) item.classList.add("with-photo");
  if (message.buttons.length) item.append(keyboard(message));
  item.dataset.id = message.id;
  item.dataset.testid = `message-${message.id}`;
  return item;
}
