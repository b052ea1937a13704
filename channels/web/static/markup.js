// The bot's markup as DOM nodes. Nothing is ever parsed as HTML: an unknown tag is shown as the text it is.

const TOKEN = /<(\/?)([a-z]+)((?:\s[^>]*)?)>|&(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);|[^<&]+|[<&]/gi;
const TAGS = new Set(["b", "i", "u", "s", "code", "blockquote", "a"]);
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const ADDRESS = /\shref="([^"]*)"/;
const COMMAND = /(^|[\s(])(\/[a-z]{2,32})(?![\w/])/g;

/** The character behind "&lt;", "&#60;", "&#x3c;". */
function character(escape) {
  const name = escape.slice(1, -1);
  if (name[0] !== "#") return NAMED[name.toLowerCase()] ?? escape;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : escape;
}

function decoded(text) {
  return text.replace(/&(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);/gi, character);
}

/** Only addresses that lead somewhere on the web or to a letter; never a script. */
function safeAddress(attributes) {
  const found = ADDRESS.exec(attributes);
  const address = found ? decoded(found[1]) : "";
  return /^(https?:\/\/|mailto:|tel:)/i.test(address) ? address : null;
}

function element(name, attributes) {
  const made = document.createElement(name);
  if (name !== "a") return made;
  const address = safeAddress(attributes);
  if (!address) return document.createElement("span");
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

/** Text with its /commands as buttons that carry `data-command`. */
function withCommands(text) {
  const made = document.createDocumentFragment();
  let done = 0;
  for (const found of text.matchAll(COMMAND)) {
    const start = found.index + found[1].length;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "command";
    button.dataset.command = button.textContent = found[2];
    made.append(text.slice(done, start), button);
    done = start + found[2].length;
  }
  made.append(text.slice(done));
  return made;
}

/** Markup -> nodes. Tags left open are closed at the end; a closing tag that closes nothing is shown. */
export function rendered(markup) {
  const root = document.createDocumentFragment();
  const open = [{ name: "", node: root }];
  let text = "";
  const flush = () => {
    const inside = open.at(-1).name;
    open.at(-1).node.append(inside === "a" || inside === "code" ? text : withCommands(text));
    text = "";
  };
  for (const [token, closes, tag, attributes] of markup.matchAll(TOKEN)) {
    const name = tag?.toLowerCase();
    if (!name || !TAGS.has(name)) {
      text += token[0] === "&" && token.length > 1 ? character(token) : token;
    } else if (!closes) {
      flush();
      const node = element(name, attributes);
      open.at(-1).node.append(node);
      open.push({ name, node });
    } else if (open.at(-1).name === name) {
      flush();
      open.pop();
    } else {
      text += token;
    }
  }
  while (open.length > 1) {
    flush();
    open.pop();
  }
  flush();
  return trimmed(root);
}

/**
 * A quote, and a table set in code, is a block of its own: the line breaks that set it apart in the text would double
 * the space around it.
 */
function trimmed(root) {
  for (const code of root.querySelectorAll("code")) if (code.textContent.includes("\n")) code.className = "table";
  for (const block of root.querySelectorAll("blockquote, code.table")) {
    const [before, after] = [block.previousSibling, block.nextSibling];
    if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\n+$/, "");
    if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n+/, "");
  }
  return root;
}
