// The list of people: groups, search, unread counts.

import { face, icon, make } from "./bubble.js";
import { folded } from "./words.js";

const OPEN_AT_FIRST = 26; // people shown before the groups after them start closed

export class People {
  /** `open(person, where)` is called with where = "active" or "other". */
  constructor(node, open) {
    this.node = node;
    this.open = open;
    this.groups = [];
    this.rows = new Map(); // chat -> {person, row, haystack, group}
    this.unread = {};
    this.only = "all";
    this.search = node.querySelector("input");
    this.search.addEventListener("input", () => this.filter());
    for (const button of node.querySelectorAll("[data-only]")) {
      button.addEventListener("click", () => this.choose(button.dataset.only));
    }
    node.addEventListener("keydown", (event) => this.step(event));
  }

  /** Lay out everyone, in the order given. */
  fill(people) {
    const place = this.node.querySelector(".groups");
    place.replaceChildren();
    this.rows.clear();
    this.groups = [];
    for (const person of people) {
      let group = this.groups.find((one) => one.name === person.group);
      if (!group) this.groups.push((group = this.group(person.group)));
      const row = this.row(person);
      const haystack = folded([person.name, person.position, person.unit, person.group].join(" "));
      this.rows.set(person.chat, { person, row, haystack, group });
      group.list.append(row);
      group.size += 1;
    }
    let shown = 0;
    for (const group of this.groups) {
      group.total.textContent = group.size;
      group.node.open = group.wanted = shown === 0 || shown + group.size <= OPEN_AT_FIRST;
      shown += group.size;
      place.append(group.node);
    }
    this.filter();
  }

  group(name) {
    const total = make("span", "total");
    const badge = make("span", "badge");
    badge.hidden = true;
    const head = make("summary", "", icon("chevron"), make("span", "name", name), total, badge);
    const list = make("ul");
    const node = make("details", "group", head, list);
    const group = { name, node, list, total, badge, size: 0, wanted: true };
    head.addEventListener("click", () => (group.wanted = !node.open));
    return group;
  }

  row(person) {
    const avatar = make("span", "avatar", face(person));
    avatar.dataset.role = person.role;
    avatar.setAttribute("aria-hidden", "true");
    const badge = make("span", "badge");
    badge.hidden = true;
    const place = [person.position, person.unit].filter(Boolean).join(" · ");
    const words = make("span", "words", make("strong", "", person.name), make("small", "", place));
    const main = make("button", "person", avatar, words, badge);
    main.type = "button";
    main.title = `${person.name}\n${place}`;
    main.dataset.testid = `person-${person.chat}`;
    main.addEventListener("click", () => this.open(person, "active"));
    const other = make("button", "icon aside", icon("right"));
    other.type = "button";
    other.dataset.testid = `aside-${person.chat}`;
    other.addEventListener("click", () => this.open(person, "other"));
    return make("li", "", main, other);
  }

  /** Show which people are open and in which phone; `other` is the side the small button opens. */
  mark(sides, active, other) {
    for (const [chat, { person, row }] of this.rows) {
      const side = sides.left === chat ? "left" : sides.right === chat ? "right" : "";
      row.dataset.side = side;
      const main = row.querySelector(".person");
      if (side && side === active) main.setAttribute("aria-current", "true");
      else main.removeAttribute("aria-current");
      const aside = row.querySelector(".aside");
      aside.querySelector("use").setAttribute("href", `#i-${other}`);
      aside.title = other === "right" ? "Mở ở khung bên phải" : "Mở ở khung bên trái";
      aside.setAttribute("aria-label", `${aside.title}: ${person.name}`);
    }
  }

  /** New counts: {chat: number}. */
  count(unread) {
    this.unread = unread;
    for (const group of this.groups) group.unread = 0;
    for (const [chat, { row, group }] of this.rows) {
      const number = unread[chat] ?? 0;
      group.unread += number;
      this.show(row.querySelector(".badge"), number);
      row.classList.toggle("unread", number > 0);
    }
    for (const group of this.groups) this.show(group.badge, group.unread);
    const waiting = [...this.rows.keys()].filter((chat) => unread[chat]).length;
    for (const badge of document.querySelectorAll(".segment .badge, .back .badge")) {
      this.show(badge, waiting, "người có tin mới");
    }
    if (this.only === "unread") this.filter();
  }

  show(badge, number, words = "tin mới") {
    badge.hidden = !number;
    badge.textContent = number > 99 ? "99+" : number || "";
    badge.setAttribute("aria-label", `${number} ${words}`);
  }

  choose(only) {
    this.only = only;
    for (const button of this.node.querySelectorAll("[data-only]")) {
      button.setAttribute("aria-pressed", String(button.dataset.only === only));
    }
    this.filter();
  }

  /** Words of the search in any order, with or without diacritics; a search opens every group with a hit. */
  filter() {
    const words = folded(this.search.value).split(/\s+/).filter(Boolean);
    const narrowed = words.length > 0 || this.only === "unread";
    let hits = 0;
    for (const group of this.groups) group.hits = 0;
    for (const [chat, { row, haystack, group }] of this.rows) {
      const fits = words.every((word) => haystack.includes(word)) && (this.only === "all" || this.unread[chat] > 0);
      row.hidden = !fits;
      group.hits += fits ? 1 : 0;
      hits += fits ? 1 : 0;
    }
    for (const group of this.groups) {
      group.node.hidden = group.hits === 0;
      group.node.open = narrowed || group.wanted;
    }
    this.nobody(hits, words.length > 0);
  }

  nobody(hits, searched) {
    const place = this.node.querySelector(".nobody");
    place.hidden = hits > 0;
    place.textContent = searched ? "Không tìm thấy ai phù hợp." : "Không ai có tin chưa đọc.";
  }

  /** Up and down walk through the people; down from the search goes to the first. */
  step(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const steps = [this.search, ...this.node.querySelectorAll("summary, .person")].filter((one) => one.checkVisibility());
    const at = steps.indexOf(document.activeElement);
    const next = steps[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
}
