// The page: the clock, the list, two phones, and what ties them together.

import * as api from "./api.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { dayNote, moment } from "./words.js";

const $ = (selector) => document.querySelector(selector);
const narrow = matchMedia("(max-width: 1099px)"); // one phone only
const STORED = "don-doc:phones";

const page = {
  limit: 20 * 1024 * 1024,
  roomy: () => matchMedia("(min-width: 1280px)").matches,
  who: (chat) => everyone.get(chat),
  activate, back, complain, looked, show,
};
const phones = { left: new Phone("left", page), right: new Phone("right", page) };
const people = new People($(".people"), open);
let active = phones.left;
let everyone = new Map();
let moving = null; // {messages, chats} that came while the clock moves

// People and phones

const other = (phone) => (phone === phones.left ? phones.right : phones.left);

function activate(phone) {
  active = narrow.matches ? phones.left : phone;
  for (const one of Object.values(phones)) one.node.classList.toggle("active", one === active);
  mark();
}

function mark() {
  const sides = { left: phones.left.person?.chat, right: narrow.matches ? null : phones.right.person?.chat };
  people.mark(sides, active.side, other(active).side);
}

/** Open a person in a phone. Nobody stands in both: asked for the other one, the two change places. */
function open(person, where) {
  const phone = where === "other" && !narrow.matches ? other(active) : active;
  const twin = other(phone);
  if (twin.person?.chat === person.chat && where === "active" && !narrow.matches) {
    activate(twin);
  } else {
    if (twin.person?.chat === person.chat && phone.person) twin.open(phone.person);
    activate(phone);
    if (phone.person?.chat !== person.chat) phone.open(person).then(() => looked(phone));
  }
  document.body.dataset.view = "chat";
  remember();
  mark();
  looked(active);
  if (matchMedia("(hover: hover)").matches) active.text.focus({ preventScroll: true });
}

function back() {
  document.body.dataset.view = "list";
  document.querySelector(`[data-testid="person-${CSS.escape(active.person?.chat ?? "")}"]`)?.focus();
}

function remember() {
  const chats = Object.values(phones).map((phone) => phone.person?.chat ?? null);
  try {
    sessionStorage.setItem(STORED, JSON.stringify(chats));
  } catch {
    // A browser that keeps nothing shows the first people again next time.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED)) ?? [];
  } catch {
    return [];
  }
}

/** At first: a clerk on the left, where a notice comes in, and a head or officer on the right. */
function firstPeople() {
  const list = [...everyone.values()];
  const [left, right] = remembered().map((chat) => everyone.get(chat));
  return {
    left: left ?? list.find((one) => one.role === "clerk") ?? list[0],
    right: right ?? list.find((one) => one.role === "head") ?? list.find((one) => one.role === "officer") ?? list[1],
  };
}

/** An invitation's link: a stranger with the code ready to be sent. */
function openInvitation() {
  const code = new URLSearchParams(location.search).get("start");
  const stranger = [...everyone.values()].find((one) => one.role === "stranger");
  if (!code || !stranger || !/^[\w-]{1,64}$/.test(code)) return;
  history.replaceState(null, "", "/");
  open(stranger, "active");
  active.text.value = `/start ${code}`;
  active.fit();
}

// Reading

const visible = (phone) =>
  document.visibilityState === "visible" &&
  phone.node.checkVisibility() &&
  phone.person &&
  phone.follows;

/** What stands before the visitor's eyes is read. */
function looked(phone) {
  if (!visible(phone) || !people.unread[phone.person.chat]) return;
  people.count({ ...people.unread, [phone.person.chat]: 0 });
  api.read(phone.person.chat).catch(() => {});
}

// The clock

function tick(clock) {
  const { time, date, weekday } = moment(clock.now);
  $(".clock-time").textContent = time;
  $(".clock-time").dateTime = clock.now;
  $(".clock-date > span").textContent = `${weekday}, ${date.slice(0, 5)}`;
  $(".year").textContent = date.slice(5);
  $(".clock-note").textContent = dayNote(clock.note);
}

async function move(button) {
  if (moving) return;
  moving = { messages: 0, chats: new Set() };
  busy(button, true);
  try {
    const clock = await api.move(button.dataset.to);
    tick(clock);
    // The last news may be on their way still; the answer to the move does not wait for the stream.
    setTimeout(() => arrived(clock), 150);
  } catch (error) {
    complain(error.message);
    moving = null;
  }
  busy(button, false);
}

function arrived(clock) {
  const { time, date, weekday } = moment(clock.now);
  const { messages, chats } = moving ?? { messages: 0, chats: new Set() };
  const news = messages ? `${messages} tin mới cho ${chats.size} người` : "không có tin mới";
  moving = null;
  announce(`${time}, ${weekday} ${date}: ${news}.`);
}

function busy(button, on) {
  document.body.toggleAttribute("data-moving", on);
  for (const one of document.querySelectorAll(".moves button")) one.setAttribute("aria-disabled", String(on));
  button.toggleAttribute("aria-busy", on);
}

// Words to the visitor

let banner;

function announce(words, kind = "note") {
  const place = $(".banner");
  place.textContent = words;
  place.dataset.kind = kind;
  place.hidden = false;
  clearTimeout(banner);
  if (kind !== "lost") banner = setTimeout(() => (place.hidden = true), kind === "error" ? 7000 : 5000);
}

function complain(words) {
  announce(words, "error");
}

function speak(messages) {
  const open = new Map(Object.values(phones).map((phone) => [phone.person?.chat, phone]));
  const words = messages
    .filter((message) => message.bot && open.has(message.chat))
    .map((message) => `Tin mới cho ${everyone.get(message.chat)?.name}: ${open.get(message.chat).words(message)}`);
  if (words.length) $("#spoken").textContent = words.join(". ");
}

const viewer = $(".viewer");

function show(url, name) {
  viewer.querySelector("img").src = url;
  viewer.querySelector("img").alt = name;
  viewer.querySelector("span").textContent = name;
  Object.assign(viewer.querySelector("a"), { href: url, download: name });
  viewer.showModal();
}

viewer.addEventListener("click", (event) => {
  if (!event.target.closest("a, img")) viewer.close();
});

// What happens

function news({ messages, toasts, typing, unread, clock }) {
  tick(clock);
  for (const phone of Object.values(phones)) {
    const chat = phone.person?.chat;
    const mine = messages.filter((message) => message.chat === chat);
    if (mine.length) phone.receive(mine);
    for (const toast of toasts) if (toast.chat === chat) phone.toasted(toast);
    if (typing.includes(chat) && !mine.some((message) => message.bot)) phone.showTyping();
  }
  for (const message of messages) {
    if (moving && message.bot && !message.edited) {
      moving.messages += 1;
      moving.chats.add(message.chat);
    }
  }
  people.count(unread);
  Object.values(phones).forEach(looked);
  speak(messages);
}

/** The stream is open: load everything, as whatever happened before is not told again. */
async function load() {
  const first = everyone.size === 0;
  const state = await api.state();
  const same = state.people.every((person) => everyone.has(person.chat)) && state.people.length === everyone.size;
  if (!first && !same) location.reload(); // the program was started again with another office
  everyone = new Map(state.people.map((person) => [person.chat, person]));
  page.limit = state.max_upload;
  tick(state.clock);
  if (first) await begin(state);
  else await Promise.all(Object.values(phones).map((phone) => phone.load()));
  people.count(state.unread);
  Object.values(phones).forEach(looked);
  if ($(".banner").dataset.kind === "lost") $(".banner").hidden = true;
}

async function begin(state) {
  people.fill(state.people);
  const { left, right } = firstPeople();
  activate(phones.left);
  await Promise.all([left && phones.left.open(left), right && right !== left && phones.right.open(right)]);
  mark();
  openInvitation();
}

$("#phones").append(phones.left.node, phones.right.node);
for (const button of document.querySelectorAll(".moves button")) button.addEventListener("click", () => move(button));
document.addEventListener("visibilitychange", () => Object.values(phones).forEach(looked));
narrow.addEventListener("change", () => activate(phones.left));
// A file dropped beside a phone must not replace the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

api.listen({
  hello: () => load().catch((error) => complain(error.message)),
  news,
  clock: tick,
  lost: () => announce("Mất kết nối với chương trình. Đang nối lại…", "lost"),
});
