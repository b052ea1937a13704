// How things are said: dates, sizes, names, refusals.

const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = { Mon: "Thứ Hai", Tue: "Thứ Ba", Wed: "Thứ Tư", Thu: "Thứ Năm", Fri: "Thứ Sáu", Sat: "Thứ Bảy", Sun: "Chủ nhật" };
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

const REFUSALS = {
  too_large: "Tệp quá lớn: mỗi tin nhắn tối đa 20 MB.",
  too_long: "Tin nhắn dài quá 4.096 ký tự.",
  empty: "Tin nhắn chưa có nội dung.",
  button_gone: "Nút này không còn nữa.",
  no_speaker: "Chưa chọn người nói trong nhóm.",
  no_chat: "Không tìm thấy cuộc trò chuyện này.",
  no_file: "Không tìm thấy tệp này.",
  offline: "Không gửi được. Chương trình có thể đã dừng.",
};

/** A moment as the office reads it: {time: "07:30", date: "30/01/2024", weekday: "Thứ Ba"}. */
export function moment(iso) {
  const part = Object.fromEntries(PARTS.formatToParts(new Date(iso)).map((p) => [p.type, p.value]));
  return {
    time: `${part.hour}:${part.minute}`,
    date: `${part.day}/${part.month}/${part.year}`,
    weekday: WEEKDAYS[part.weekday],
  };
}

/** The note about the day without a date in it: the clock shows the date itself. */
export function dayNote(note) {
  return note.split("·").map((part) => part.trim()).filter((part) => part && !/\d{1,2}\/\d{1,2}\/\d{4}/.test(part)).join(" · ");
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

/** "Báo cáo.docx" -> "DOCX"; a file without an extension is "TỆP". */
export function kind(name) {
  const found = /\.([a-z0-9]{1,5})$/i.exec(name);
  return found ? found[1].toUpperCase() : "TỆP";
}

/** Letters without marks and case, for searching: "Đặng Thị Ốc" -> "dang thi oc". */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** First letters of the family name and the given name, which comes last. */
export function initials(name) {
  const words = name.replace(/\(.*?\)/g, "").trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => word[0].toUpperCase()).join("");
}

/** A position within a sentence: "Trưởng phòng" -> "trưởng phòng". */
export const lowered = (words) => words.slice(0, 1).toLowerCase() + words.slice(1);

export function refusal(code) {
  return REFUSALS[code] ?? "Có lỗi xảy ra. Xin thử lại.";
}
