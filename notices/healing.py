"""Words that a PDF's font has split, put together again: "gi ải pháp", "huy ện", "đ ịnh c ư".

A part of a split word is no syllable of Vietnamese, or one that never stands alone; the whole is one. Two true
words are never joined, for both of them are syllables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def words_in(written: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(written.split())


# The beginnings of a syllable; one alone is no word.
ONSETS = words_in("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
ENDINGS = words_in("c ch m n ng nh p t")
# What follows the beginning, without its tone.
RIMES = words_in(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê "
    "êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang "
    "oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt "
    "ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych "
    "uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh"
)
# Words that begin with their vowel. Any other part that does is the end of a split word.
ALONE = words_in(
    "a à á ạ ai ái am ám ảm an án ang áng anh ánh ảnh ao ào áo ảo áp át ắc ăn ắng ắp ắt âm ấm ẩm ân ấn ẩn âu ấu ẩu ấp "
    "ấy em én eo éo ép ê ế ếch ếm ì í ích ít o ó oai oái oan oán oanh óc om ong óng ô ồ ố ổ ốc ôi ối ổi ôm ốm ôn ồn ổn "
    "ông ống ốp ở ờ ơ ơi ới ơn ớn ớt ủ ú u ù úa úc ui ủi ủn ung ủng úng út uy uỷ ủy úy uý uẩn uất uyên uyển uốn uống ư "
    "ừ ứ ưa ức ưng ứng ước ươm ươn ương ướp ướt ưu y ý ỷ yếm yểm yên yến yêng yết yêu yếu yểu"
)
LETTERS = frozenset("aiouy")  # alone rarely a word, often the end of one: "củ a", "ngà y"
AFTER_Y = words_in("tế sĩ sỹ học dược khoa bác tá đức lệnh án cụ nguyên phục và")
# "điểm c", "khu B": the letter is a name.
NAMED_BY_SMALL = words_in("điểm khoản mục tiết biểu mẫu loại hạng nhóm và hoặc")
NAMED_BY_LETTER = NAMED_BY_SMALL | words_in("khu lô tổ tòa toà cụm tuyến phòng nhà kho bảng lớp dãy block khoa án lục")
TONES = "\u0300\u0301\u0303\u0309\u0323"
STOPS = ("c", "ch", "p", "t")  # after these only two of the tones are possible
STOP_TONES = "\u0301\u0323"
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
PAIR = re.compile(
    rf"(?<![\w.])(?P<first>[^\W\d_]{{1,6}}) "
    rf"(?=(?P<rest>[{VOWELS}{VOWELS.upper()}][^\W\d_]{{0,4}}|ng|nh|ch|[cmnpt]|NG|NH|CH|[CMNPT])(?!\w)"
    rf"(?: (?P<after>\w+))?)"
)
PASSES = 3  # "ngh i ệp" is in three parts


def healed(text: str) -> str:
    """A text with the words that its font has split put together."""
    for _ in range(PASSES):
        mended = _one_pass(text)
        if mended == text:
            break
        text = mended
    return text


def _one_pass(text: str) -> str:
    ended = -1  # a part that was just put to the word before it begins no other one

    def mended(pair: re.Match[str]) -> str:
        nonlocal ended
        before = text[max(0, pair.start() - 8) : pair.start()].split()
        split = _is_split(before[-1] if before else "", pair["first"], pair["rest"], pair["after"] or "")
        if not split or pair.start() == ended:
            return pair[0]
        ended = pair.end()
        return pair["first"]

    return PAIR.sub(mended, text)


def _is_split(before: str, first: str, rest: str, after: str) -> bool:
    """Whether two parts are one word."""
    if not (rest.islower() or first.isupper()):
        return False
    one, other = first.lower(), rest.lower()
    if not is_syllable(one + other):
        return False
    names = NAMED_BY_LETTER if first.isupper() else NAMED_BY_SMALL
    named = before.lower() in names or before[-1:].isdigit()
    if one in ONSETS:
        return other not in ALONE or not (named and len(one) == 1)
    if other in ENDINGS:
        begins_next = len(other) == 1 and other in ONSETS and after[:1].lower() in VOWELS
        return one not in NAMED_BY_LETTER and not (begins_next and is_syllable(other + after.lower()))
    if other not in ALONE:
        return True
    return other in LETTERS and one not in NAMED_BY_LETTER and not (other == "y" and after.lower() in AFTER_Y)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word in small letters is built like a syllable of Vietnamese."""
    apart = unicodedata.normalize("NFD", word)
    tones = [c for c in apart if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
    if len(tones) > 1:
        return False
    for cut in range(min(3, len(bare)), -1, -1):
        onset, rime = bare[:cut], bare[cut:]
        if (not onset or onset in ONSETS) and rime in RIMES:
            return not rime.endswith(STOPS) or (bool(tones) and tones[0] in STOP_TONES)
    return False
