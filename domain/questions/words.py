"""A question's letters, with and without diacritics, and what of them is understood already."""

from __future__ import annotations

import re
import unicodedata

from domain.spelling import WORD, folded_word, syllable

# What phones write for a word. Bare forms that are words of their own are left out.
CHAT = {
    "k": "không", "ko": "không", "kg": "không", "hok": "không", "hong": "không", "khg": "không", "hk": "không",
    "j": "gì", "r": "rồi", "rui": "rồi", "rùi": "rồi", "vc": "việc", "cv": "công việc", "lm": "làm", "trc": "trước",
    "bn": "bao nhiêu", "bnh": "bao nhiêu", "sl": "số lượng", "ds": "danh sách", "dv": "đơn vị", "đv": "đơn vị",
    "hnay": "hôm nay", "hqua": "hôm qua", "tnao": "thế nào", "ntn": "như thế nào", "qá": "quá", "tg": "thời gian",
    "chx": "chưa", "vs": "với", "cb": "chuẩn bị", "ht": "hoàn thành", "tđ": "tiến độ", "nvu": "nhiệm vụ",
}  # fmt: skip
CONGVAN_BEFORE_NUMBER = re.compile(r"\s+(?:số\s+|so\s+)?\d")
# Words that mean something here only with these diacritics or with none: "trẻ" is not "trễ".
_MEANT = {
    "tre": "trễ trể trê", "han": "hạn", "nhan": "nhận", "vuong": "vướng vường", "kho": "khó", "tac": "tắc",
    "dang": "đang", "qua": "quá qua qúa quả", "cham": "chậm", "sap": "sắp", "xong": "xong", "nhat": "nhất", "ai": "ai",
    "may": "mấy", "gi": "gì gi", "sao": "sao", "dau": "đâu dâu", "nao": "nào", "chua": "chưa", "den": "đến",
    "toi": "tới tôi", "viec": "việc viêc viẹc", "cho": "chờ cho", "no": "nợ", "giao": "giao", "hon": "hơn",
    "mai": "mai", "quy": "quý quí", "nay": "nay này nầy", "thu": "thứ", "ton": "tồn", "do": "do dở đó độ", "gap": "gấp",
    "ma": "mà mã", "con": "còn", "co": "có", "te": "tệ", "om": "ôm", "duyet": "duyệt", "doi": "đợi đối", "ve": "về",
}  # fmt: skip
_ALLOWED = {word: frozenset(map(syllable, forms.split())) for word, forms in _MEANT.items()}


def written_out(text: str) -> str:
    """The text in one Unicode form, on one line, with the words of chats written out."""
    text = " ".join(unicodedata.normalize("NFC", text).split())

    def spell(word: re.Match[str]) -> str:
        low = word[0].lower()
        if low == "cv" and CONGVAN_BEFORE_NUMBER.match(text, word.end()):
            return "công văn"
        if word[0].isupper() and len(low) < 3 and low != "k":
            return word[0]  # "TG", "HT" are names
        return CHAT.get(low, word[0])

    return WORD.sub(spell, text)


class Rest:
    """What of a text is not understood yet, letter by letter.

    What has been taken out leaves one capital: ``U`` a unit, ``P`` a person, ``N`` a notice, ``D`` a directive,
    ``T`` days, ``W`` words to be found. A word whose diacritics say that it is another one stands in capitals, too,
    so that no pattern finds it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        plain = [_plain(letter) for letter in text]
        for word in WORD.finditer(text):
            if _is_another(word[0]):
                plain[word.start() : word.end()] = [letter.upper() for letter in plain[word.start() : word.end()]]
        self.plain = "".join(plain)

    def take(self, start: int, end: int, mark: str) -> str:
        """Take out a stretch; gives it as written."""
        start += len(self.plain[start:end]) - len(self.plain[start:end].lstrip())
        written = self.text[start:end]
        gap = mark.ljust(end - start, "\n")
        self.text = self.text[:start] + gap + self.text[end:]
        self.plain = self.plain[:start] + gap + self.plain[end:]
        return written.strip()

    @property
    def line(self) -> str:
        """The words and marks that are left, single spaces between them."""
        return " ".join(re.findall(r"[a-z\d]+|[A-Z]+|[?%]", self.plain))


def _plain(letter: str) -> str:
    return (unicodedata.normalize("NFD", letter.lower().replace("đ", "d")) or letter)[0]


def _is_another(word: str) -> bool:
    written = syllable(word)
    folded = folded_word(word)
    return written != folded and folded in _ALLOWED and written not in _ALLOWED[folded]
