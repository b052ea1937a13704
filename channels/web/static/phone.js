// One phone: the chat of one person, or a group in which the visitor chooses who speaks.

import * as api from "./api.js";
import { bubble, face, fileIcon, icon, make } from "./bubble.js";
import { initials, lowered, moment, size } from "./words.js";

const NEAR_END = 80; // px from the end within which new messages are followed
const TYPING_MS = 6000; // a platform shows a typing sign for about that long
const PRESS_MS = 4000;
const JOINED_MS = 3 * 60 * 1000; // messages of one side closer than that stand together

export class Phone {
  /** `page` is what the phone asks of the page: complain, looked, show, who, activate, back, roomy, limit. */
  constructor(side, page) {
    this.side = side;
    this.page = page;
    this.person = null;
    this.speaker = ""; // in a group: the chat of who writes and presses
    this.shown = new Map(); // id -> {message, node}
    this.files = [];
    this.replyTo = null;
    this.follows = true; // new messages are scrolled to
    this.before = 0; // where the wall stood at the last look
    this.drafts = new Map();
    this.node = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.node.dataset.testid = `phone-${side}`;
    this.$ = (selector) => this.node.querySelector(selector);
    this.wall = this.$(".wall");
    this.list = this.$(".messages");
    this.text = this.$("textarea");
    this.listen();
    this.clear();
  }

  listen() {
    this.node.addEventListener("pointerdown", () => this.page.activate(this));
    this.node.addEventListener("focusin", () => this.page.activate(this));
    this.$(".back").addEventListener("click", () => this.page.back());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.$(".older").addEventListener("click", () => this.older());
    this.wall.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.$(".suggestions").addEventListener("wheel", (event) => this.sideways(event), { passive: false });
    this.$(".jump").addEventListener("click", () => this.toEnd(true));
    this.$(".replying button").addEventListener("click", () => this.answer(null));
    this.$(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("input", () => this.fit());
    this.text.addEventListener("keydown", (event) => this.typed(event));
    this.text.addEventListener("paste", (event) => this.pasted(event));
    const input = this.$("input[type=file]");
    this.$(".attach").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.attach(input.files);
      input.value = "";
    });
    this.listenForDrops();
    new ResizeObserver(() => this.follows && this.toEnd()).observe(this.wall);
  }

  listenForDrops() {
    let depth = 0;
    const over = (change) => {
      depth = Math.max(0, depth + change);
      this.$(".drop").hidden = depth === 0;
    };
    const carriesFiles = (event) => this.person && event.dataTransfer.types.includes("Files");
    this.node.addEventListener("dragenter", (event) => carriesFiles(event) && over(1));
    this.node.addEventListener("dragleave", (event) => carriesFiles(event) && over(-1));
    this.node.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      over(-depth);
      this.attach(event.dataTransfer.files);
    });
  }

  // Who is on

  clear() {
    this.node.dataset.empty = "";
    this.node.setAttribute("aria-label", this.side === "left" ? "Khung bên trái" : "Khung bên phải");
    this.$("h2").textContent = "Chưa chọn ai";
    this.$(".who p").textContent = "Bấm vào một người trong danh sách";
    this.$(".avatar").textContent = "";
    this.$(".empty").replaceChildren();
  }

  /** Show the chat of a person. */
  async open(person) {
    if (this.person) this.drafts.set(this.person.chat, this.text.value);
    this.person = person;
    delete this.node.dataset.empty;
    this.node.setAttribute("aria-label", `Trò chuyện với tư cách ${person.name}`);
    this.$("h2").textContent = person.name;
    this.$(".who p").textContent = [person.position, person.unit].filter(Boolean).join(" · ");
    const avatar = this.$(".avatar");
    avatar.replaceChildren(face(person));
    avatar.dataset.role = person.role;
    this.text.value = this.drafts.get(person.chat) ?? "";
    this.speakers();
    this.files = [];
    this.attached();
    this.answer(null);
    this.hideTyping();
    this.$(".toast").classList.remove("shown");
    this.fit();
    await this.load();
  }

  /** In a group: its members, of whom one speaks. */
  speakers() {
    const members = this.person.speakers;
    const buttons = members.map((chat) => {
      const { name, role } = this.page.who(chat);
      const one = make("button", "avatar", initials(name));
      Object.assign(one, { type: "button", title: name });
      Object.assign(one.dataset, { role, testid: `speaker-${chat}`, chat });
      one.setAttribute("aria-label", name);
      one.addEventListener("click", () => this.speak(chat));
      return one;
    });
    const bar = this.$(".speakers");
    bar.hidden = !members.length;
    bar.replaceChildren(...buttons, bar.querySelector("p"));
    this.speak(members.includes(this.speaker) ? this.speaker : members[0] ?? "");
  }

  /** From now on this member of the group writes and presses; alone, the person does. */
  speak(chat) {
    this.speaker = chat;
    const { name, position } = chat ? this.page.who(chat) : this.person;
    this.$(".speakers small").textContent = `Nói với tư cách ${lowered(position)}`;
    this.$(".speakers strong").textContent = name;
    for (const one of this.$(".speakers").querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.chat === chat));
    }
    this.text.placeholder = this.page.roomy() ? `Nhắn với tư cách ${name}` : "Nhập tin nhắn";
    for (const { message, node } of this.shown.values()) node.classList.toggle("person", this.isMine(message));
  }

  isMine(message) {
    return !message.bot && (!message.author || message.author.chat === this.speaker);
  }

  /** A message as it stands here: in a group with its author's name. */
  bubble(message) {
    const node = bubble(message, this.person.speakers.length ? message.author?.name ?? "Đôn Đốc" : "");
    node.classList.toggle("person", this.isMine(message));
    return node;
  }

  /** Fetch the chat afresh; what arrives meanwhile is laid on top. */
  async load() {
    if (!this.person) return;
    const chat = this.person.chat;
    this.waiting = [];
    this.suggest();
    try {
      const { messages, more } = await api.chat(chat);
      if (this.person.chat !== chat) return;
      const meanwhile = this.waiting;
      this.waiting = null;
      this.shown.clear();
      this.list.replaceChildren();
      this.$(".older").hidden = !more;
      for (const message of [...messages, ...meanwhile]) this.put(message);
      this.layout();
      this.toEnd();
    } catch (error) {
      if (this.person.chat === chat) this.waiting = null;
      this.page.complain(error.message);
    }
  }

  async older() {
    const first = this.list.querySelector(".message");
    const height = this.wall.scrollHeight;
    try {
      const { messages, more } = await api.chat(this.person.chat, first.dataset.id);
      this.$(".older").hidden = !more;
      const known = [...this.shown];
      this.shown = new Map();
      for (const message of messages) this.shown.set(message.id, { message, node: this.bubble(message) });
      this.list.prepend(...[...this.shown.values()].map((one) => one.node));
      for (const [id, one] of known) this.shown.set(id, one);
      this.layout();
      this.wall.scrollTop += this.wall.scrollHeight - height;
    } catch (error) {
      this.page.complain(error.message);
    }
  }

  // Messages

  /** New or changed messages of this chat. */
  receive(messages) {
    if (this.waiting) {
      this.waiting.push(...messages);
      return;
    }
    const follow = this.follows;
    const fresh = messages.filter((message) => this.put(message, true));
    this.layout();
    if (messages.some((message) => message.bot)) this.hideTyping();
    if (follow || fresh.some((message) => !message.bot)) this.toEnd(true);
    else this.missed(fresh.length);
    this.suggestSoon();
  }

  /** Add or replace one message; says whether it is new. */
  put(message, animated = false) {
    const known = this.shown.get(message.id);
    const node = this.bubble(message);
    this.shown.set(message.id, { message, node });
    for (const picture of node.querySelectorAll("img")) {
      picture.addEventListener("load", () => this.follows && this.toEnd(), { once: true });
    }
    if (known) {
      known.node.replaceWith(node);
      return false;
    }
    node.classList.toggle("fresh", animated);
    this.list.append(node);
    return true;
  }

  /** Day lines, and which bubbles stand together. */
  layout() {
    this.list.querySelectorAll(".day").forEach((line) => line.remove());
    let before = null;
    for (const { message, node } of this.shown.values()) {
      const { date, weekday } = moment(message.at);
      const newDay = !before || moment(before.at).date !== date;
      if (newDay) node.before(make("li", "day", make("span", "", `${weekday}, ${date}`)));
      const near = before && new Date(message.at) - new Date(before.at) < JOINED_MS;
      const same = before?.bot === message.bot && before.author?.chat === message.author?.chat;
      node.classList.toggle("joined", Boolean(!newDay && near && same && !before.buttons.length));
      before = message;
    }
    this.$(".empty").replaceChildren(...(this.shown.size ? [] : this.welcome()));
  }

  welcome() {
    const start = make("button", "start", "Bắt đầu: /start");
    start.type = "button";
    start.addEventListener("click", () => this.say("/start"));
    const mark = Object.assign(make("img"), { src: "/static/mark.svg", alt: "", width: 52, height: 52 });
    const hint = "Viết như khi nhắn cho đồng nghiệp, hoặc chọn một gợi ý bên dưới.";
    return [mark, make("p", "", "Chưa có tin nhắn nào."), make("p", "hint", hint), start];
  }

  clicked(event) {
    const target = event.target.closest("button");
    if (!target) return;
    const item = target.closest(".message");
    const { message } = this.shown.get(item.dataset.id);
    if (target.matches(".key")) this.press(message, target);
    else if (target.matches(".answer")) this.answer(message);
    else if (target.matches(".photo")) this.page.show(target.dataset.photo, target.dataset.name);
    else if (target.matches(".command")) this.say(target.dataset.command);
    else if (target.matches(".quote")) this.jumpTo(target.dataset.jump);
  }

  /** A message as one reads it out. */
  words(message) {
    const text = this.shown.get(message.id)?.node.querySelector(".text")?.textContent;
    return text || message.files.map((file) => file.name).join(", ");
  }

  jumpTo(id) {
    const found = this.shown.get(id);
    if (!found) return;
    found.node.scrollIntoView({ block: "center", behavior: "smooth" });
    found.node.classList.remove("found");
    requestAnimationFrame(() => found.node.classList.add("found"));
  }

  async press(message, key) {
    if (key.hasAttribute("aria-busy")) return;
    key.setAttribute("aria-busy", "true");
    const done = () => key.removeAttribute("aria-busy");
    try {
      const { press } = await api.press(this.person.chat, message.id, key.dataset.data, this.speaker);
      this.pressed = { press, done };
      setTimeout(done, PRESS_MS);
    } catch (error) {
      done();
      this.toast(error.message);
    }
  }

  toasted(toast) {
    if (this.pressed?.press === toast.press) this.pressed.done();
    if (toast.text) this.toast(toast.text);
  }

  toast(words) {
    const place = this.$(".toast");
    place.textContent = words;
    place.classList.add("shown");
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => place.classList.remove("shown"), 3600);
  }

  showTyping() {
    this.$(".typing").hidden = false;
    if (this.follows) this.toEnd(true);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.hideTyping(), TYPING_MS);
  }

  hideTyping() {
    clearTimeout(this.typing);
    this.$(".typing").hidden = true;
  }

  // Where one looks

  get atEnd() {
    return this.wall.scrollHeight - this.wall.scrollTop - this.wall.clientHeight < NEAR_END;
  }

  /** Only a move upwards is the visitor's wish to stay: on the way to the end one is not there yet either. */
  scrolled() {
    const top = this.wall.scrollTop;
    if (this.atEnd) this.follows = true;
    else if (top < this.before - 2) this.follows = false;
    this.before = top;
    if (!this.follows) return;
    this.$(".jump").hidden = true;
    this.unseen = 0;
    this.page.looked(this);
  }

  toEnd(smoothly = false) {
    this.follows = true;
    const calm = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.wall.scrollTo({ top: this.wall.scrollHeight, behavior: calm ? "instant" : "smooth" });
    this.scrolled();
  }

  missed(count) {
    if (!count) return;
    this.unseen = (this.unseen ?? 0) + count;
    this.$(".jump span").textContent = `${this.unseen} tin mới`;
    this.$(".jump").hidden = false;
  }

  // Writing

  typed(event) {
    if (event.key === "Escape" && this.replyTo) this.answer(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  pasted(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.attach(event.clipboardData.files);
  }

  fit() {
    this.text.style.height = "auto";
    // A phone that is not on the screen has no height to measure; the style sheet's one line stands then.
    const height = this.text.scrollHeight;
    this.text.style.height = height ? `${Math.min(height, 150)}px` : "";
    this.$(".send").disabled = !this.text.value.trim() && !this.files.length;
  }

  attach(files) {
    const all = [...this.files, ...files];
    const total = all.reduce((sum, file) => sum + file.size, 0);
    if (total > this.page.limit || all.length > 10) {
      this.page.complain(all.length > 10 ? "Mỗi tin nhắn tối đa 10 tệp." : "Tệp quá lớn: mỗi tin nhắn tối đa 20 MB.");
      return;
    }
    this.files = all;
    this.attached();
    this.text.focus();
  }

  attached() {
    const chips = this.files.map((file) => {
      const remove = make("button", "icon", icon("close"));
      remove.type = "button";
      remove.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
      remove.addEventListener("click", () => {
        this.files = this.files.filter((one) => one !== file);
        this.attached();
      });
      return make("li", "", fileIcon(file.name), make("span", "", file.name), make("small", "", size(file.size)), remove);
    });
    this.$(".attached").replaceChildren(...chips);
    this.fit();
  }

  answer(message) {
    this.replyTo = message;
    const bar = this.$(".replying");
    bar.hidden = !message;
    if (!message) return;
    bar.querySelector("strong").textContent = message.bot
      ? "Trả lời Đôn Đốc"
      : message.author && !this.isMine(message) ? `Trả lời ${message.author.name}` : "Trả lời tin của mình";
    bar.querySelector("span").textContent = this.words(message);
    this.text.focus();
  }

  async send() {
    const [text, files] = [this.text.value, this.files];
    if (!this.person || this.sending || (!text.trim() && !files.length)) return;
    if (!(await this.say(text, files))) return;
    this.files = this.files.filter((file) => !files.includes(file));
    if (this.text.value === text) this.text.value = "";
    this.attached();
  }

  /** Say something; says whether it was taken. */
  async say(text, files = []) {
    const replyTo = this.replyTo?.id;
    this.sending = true;
    this.answer(null);
    try {
      await api.say(this.person.chat, text, files, replyTo, this.speaker);
      return true;
    } catch (error) {
      this.page.complain(error.message);
      return false;
    } finally {
      this.sending = false;
    }
  }

  async sendSample(button) {
    button.disabled = true;
    try {
      await api.sample(this.person.chat);
    } catch (error) {
      this.page.complain(error.message);
    }
    button.disabled = false;
  }

  suggestSoon() {
    clearTimeout(this.suggesting);
    this.suggesting = setTimeout(() => this.suggest(), 250);
  }

  /** A wheel goes along the suggestions where they are in one line: a mouse has no other way to the last ones. */
  sideways(event) {
    const line = event.currentTarget;
    if (event.deltaX || line.scrollWidth <= line.clientWidth) return;
    event.preventDefault();
    line.scrollLeft += event.deltaY;
  }

  async suggest() {
    const { chat, role } = this.person;
    const { suggestions } = await api.suggestions(chat).catch(() => ({ suggestions: [] }));
    if (this.person.chat !== chat) return;
    const chips = suggestions.map((words) => {
      const chip = make("button", "suggestion", words);
      chip.type = "button";
      chip.addEventListener("click", () => this.say(words));
      return chip;
    });
    if (role === "clerk") {
      const sample = make("button", "suggestion sample", icon("file"), "Gửi thông báo mẫu");
      sample.type = "button";
      sample.dataset.testid = "sample";
      sample.addEventListener("click", () => this.sendSample(sample));
      chips.unshift(sample);
    }
    this.$(".suggestions").replaceChildren(...chips);
  }
}
