"""Which unit a written name means, on an invented district whose names are as alike as real ones are."""

import unicodedata

import pytest

from domain.organisation import Directory, UnitEntry, fold, normal

UNITS = {
    "huyen": ("UBND huyện Tùng Lĩnh", "office"),
    "vp": ("Văn phòng HĐND và UBND huyện", "department"),
    "nv": ("Phòng Nội vụ", "department"),
    "tc": ("Phòng Tài chính - Kế hoạch", "department"),
    "tn": ("Phòng Tài nguyên và Môi trường", "department"),
    "ld": ("Phòng Lao động - Thương binh và Xã hội", "department"),
    "vh": ("Phòng Văn hóa và Thông tin", "department"),
    "gd": ("Phòng Giáo dục và Đào tạo", "department"),
    "nn": ("Phòng Nông nghiệp và Phát triển nông thôn", "department"),
    "kt": ("Phòng Kinh tế", "department"),
    "kh": ("Phòng Kinh tế và Hạ tầng", "department"),
    "tp": ("Phòng Tư pháp", "department"),
    "tt": ("Thanh tra huyện", "department"),
    "yt": ("Phòng Y tế", "department"),
    "ca": ("Công an huyện", "sector"),
    "qs": ("Ban Chỉ huy Quân sự huyện", "sector"),
    "th": ("Chi cục Thuế huyện", "sector"),
    "kb": ("Kho bạc Nhà nước huyện", "sector"),
    "ty": ("Trung tâm Y tế huyện", "body"),
    "da": ("Ban Quản lý dự án Đầu tư xây dựng huyện", "body"),
    "mt": ("Ủy ban Mặt trận Tổ quốc Việt Nam huyện", "body"),
    "bt": ("UBND thị trấn Bến Trám", "commune"),
    "ah": ("UBND xã An Hòa", "commune"),
    "at": ("UBND xã An Hòa Tây", "commune"),
    "hq": ("UBND xã Hòa Quế", "commune"),
    "tk": ("UBND xã Thuỵ Khuê Hạ", "commune"),
    "bk": ("UBND xã Bình Khuê", "commune"),
}
ALIASES = {"qs": ("Huyện đội",), "tc": ("Phòng Tài chính", "Phòng Kế hoạch")}
KEYS = list(UNITS)

CERTAIN = {
    "huyen": "UBND huyện Tùng Lĩnh|UBND huyện|Ủy ban nhân dân huyện|Uỷ ban nhân dân huyện Tùng Lĩnh|"
    "Chủ tịch UBND huyện",
    "vp": "Văn phòng HĐND và UBND huyện|Văn phòng HĐND & UBND|VP HĐND&UBND huyện|Văn phòng UBND huyện|Văn phòng|"
    "đồng chí Chánh Văn phòng|Phó Chánh Văn phòng|Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện|VP|"
    "Văn phòng HĐND",
    "nv": "Phòng Nội vụ|phòng nội vụ|PHÒNG NỘI VỤ|Phòng Nội vụ huyện|Phòng Nội vụ huyện Tùng Lĩnh|P. Nội vụ|P.Nội vụ|"
    "Phòng NV|P. NV|Giao Phòng Nội vụ|Đề nghị Phòng Nội vụ huyện|2.4. Phòng Nội vụ huyện:|- Phòng Nội vụ;|"
    "Trưởng phòng Nội vụ|Trưởng Phòng Nội vụ huyện|đồng chí Trưởng phòng Nội vụ|đ/c Phó Trưởng phòng Nội vụ|"
    "Lãnh đạo Phòng Nội vụ|phong noi vu|P noi vu|Phòng Nội vu|Phòng Nội vự|PhòngNội vụ|Phòng  Nội   vụ|"
    "đồng chí Lục Bách Khuê, Trưởng phòng Nội vụ",
    "tc": "Phòng Tài chính - Kế hoạch|Phòng Tài chính – Kế hoạch|Phòng Tài chính-Kế hoạch|Phòng Tài chính và Kế hoạch|"
    "Phòng Tài chính, Kế hoạch|Phòng TC-KH|Phòng TCKH|P. TC - KH huyện|Phòng Tài chính|Phòng TC-Kế hoạch",
    "tn": "Phòng Tài nguyên và Môi trường|Phòng TN&MT|Phòng TNMT|Phòng TN-MT huyện|Phòng Tài nguyên & MT|"
    "Phòng Tài nguyên Môi trường|Phòng Tài nguyên và Môi trưòng|phong tai nguyen va moi truong|phòng tnmt",
    "ld": "Phòng Lao động - Thương binh và Xã hội|Phòng Lao động, Thương binh và Xã hội|Phòng LĐ-TB&XH|P. LĐTBXH|"
    "Phòng LĐTB&XH|Phòng LĐ - TB và XH|Phòng Lao động - TB&XH|Phòng Lao động Thương binh Xã hội|"
    "Giao Phòng LĐTBXH huyện|Phòng LDTBXH",
    "vh": "Phòng Văn hoá và Thông tin|Phòng Văn hóa và Thông tin|Phòng Văn hóa - Thông tin|Phòng VH-TT|Phòng VH&TT|"
    "Phòng VHTT|Phòng Văn hóa và Thôn tin",
    "gd": "Phòng Giáo dục và Đào tạo|Phòng GD&ĐT|Phòng GD-ĐT|Phòng GDĐT|Phòng GDDT|Phòng Giáo dục & Đào tạo huyện",
    "nn": "Phòng Nông nghiệp và Phát triển nông thôn|Phòng NN&PTNT|Phòng NN và PTNT|Phòng Nông nghiệp và PTNT huyện|"
    "Phòng Nông nghiệp & Phát triển Nông thôn",
    "kt": "Phòng Kinh tế|Phòng Kinh tế huyện|Trưởng phòng Kinh tế|Phòng KT",
    "kh": "Phòng Kinh tế và Hạ tầng|Phòng Kinh tế - Hạ tầng|Phòng KT&HT|Phòng KTHT|Phòng KT-HT huyện",
    "tp": "Phòng Tư pháp|Phòng Tư Pháp huyện",
    "tt": "Thanh tra huyện|Thanh tra|Chánh Thanh tra huyện|đồng chí Chánh Thanh tra",
    "yt": "Phòng Y tế|Phòng Y Tế huyện|Phòng YT|Phòng Y tê",
    "ca": "Công an huyện|Công an|Trưởng Công an huyện|Đề nghị Công an huyện Tùng Lĩnh|CA huyện",
    "qs": "Ban Chỉ huy Quân sự huyện|Ban Chỉ huy quân sự|Ban CHQS huyện|BCHQS huyện|BCH Quân sự huyện|Huyện đội|"
    "Chỉ huy trưởng Ban Chỉ huy Quân sự huyện",
    "th": "Chi cục Thuế huyện|Chi cục thuế|Chi cục trưởng Chi cục Thuế huyện",
    "kb": "Kho bạc Nhà nước huyện|Kho bạc Nhà nước|KBNN huyện|Giám đốc Kho bạc Nhà nước huyện",
    "ty": "Trung tâm Y tế huyện|TTYT huyện|Trung tâm Y tế|Giám đốc Trung tâm Y tế|TT Y tế huyện",
    "da": "Ban Quản lý dự án Đầu tư xây dựng huyện|Ban QLDA Đầu tư xây dựng|Ban QLDA ĐTXD huyện",
    "mt": "Ủy ban Mặt trận Tổ quốc Việt Nam huyện|UBMTTQVN huyện|Ủy ban MTTQ Việt Nam huyện|UB MTTQVN huyện",
    "bt": "UBND thị trấn Bến Trám|UBND TT. Bến Trám|thị trấn Bến Trám|Chủ tịch UBND thị trấn Bến Trám",
    "ah": "UBND xã An Hòa|UBND xã An Hoà|Ủy ban nhân dân xã An Hòa|Uỷ ban nhân dân xã An Hoà|xã An Hòa|UBND X. An Hòa|"
    "Chủ tịch UBND xã An Hòa|UBND xã An Hòa, huyện Tùng Lĩnh|ubnd xa an hoa|UBND XÃ AN HÒA|Giao UBND xã An Hòa",
    "at": "UBND xã An Hoà Tây|xã An Hòa Tây|Phó Chủ tịch UBND xã An Hòa Tây",
    "tk": "UBND xã Thuỵ Khuê Hạ|UBND xã Thụy Khuê Hạ",
    "bk": "UBND xã Bình Khuê|xa binh khue",
}

ASKED = {
    "nv": "Sở Nội vụ|Bộ Nội vụ|Phòng Nội vụ huyện Lam Kiều|Phòng Nội vụ tỉnh|Nội vụ|Ban Nội vụ",
    "tn": "Phòng Tài nguyên|Sở Tài nguyên và Môi trường|Tài nguyên và Môi trường|Phòng Môi trường và Tài nguyên|TN&MT|"
    "Phòng Tài nguyên và Môi trường, Phòng Y tế",
    "ld": "Phòng Lao động|LĐ-TB&XH|Sở Lao động - Thương binh và Xã hội",
    "vh": "Phòng Văn hóa|Sở Văn hóa, Thể thao và Du lịch",
    "gd": "Phòng Giáo dục|GD&ĐT",
    "nn": "Phòng Nông nghiệp|Sở Nông nghiệp và Phát triển nông thôn|Phòng Nông nghiệp và Môi trường",
    "kh": "Phòng Hạ tầng",
    "tt": "Thanh tra tỉnh",
    "ca": "Công an tỉnh|Công an xã",
    "qs": "Bộ Chỉ huy Quân sự tỉnh|Ban Chỉ huy",
    "th": "Cục Thuế tỉnh|Cục Thuế",
    "ty": "Trung tâm Y tế tỉnh",
    "ah": "An Hòa|UBND xã An Hoá|UBND xã An Hoa|UBND phường An Hòa|UBND An Hòa|HĐND xã An Hòa|UBND xã An Hò",
    "at": "UBND xã An Hoà Tâ|UBND xã An Hòa Đông Tây",
    "hq": "UBND xã Hoà Quê|Hòa Quế",
    "bk": "UBND xã Bình Khê",
}

NOBODY = "Bộ Tài chính Nhật Bản|ông Bụt|all units|2.4.|...|:"


def directory() -> Directory:
    entries = [UnitEntry(i, name, kind, ALIASES.get(key, ())) for i, (key, (name, kind)) in enumerate(UNITS.items(), 1)]
    return Directory(entries)


OFFICE = directory()


def key_of(unit: UnitEntry) -> str:
    return KEYS[unit.id - 1]


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(written, key) for key, names in table.items() for written in names.split("|")]


@pytest.mark.parametrize(("written", "key"), rows(CERTAIN))
def test_one_unit_bears_the_name(written: str, key: str) -> None:
    found = OFFICE.match(written)
    assert found.certain
    assert found.unit
    assert key_of(found.unit) == key
    assert found.candidates == (found.unit,)


@pytest.mark.parametrize(("written", "key"), rows(ASKED))
def test_a_doubtful_name_is_asked_with_the_likely_unit_among_the_first(written: str, key: str) -> None:
    found = OFFICE.match(written)
    assert not found.certain
    assert found.unit is None
    assert key in [key_of(u) for u in found.candidates[:2]]


@pytest.mark.parametrize("written", NOBODY.split("|"))
def test_a_stranger_is_never_certain(written: str) -> None:
    assert not OFFICE.match(written).certain


def test_the_table_is_wide_and_no_name_stands_twice() -> None:
    certain, asked = rows(CERTAIN), rows(ASKED)
    written = [name for name, _ in (*certain, *asked)]
    assert len(set(written)) == len(written)
    assert (len(certain), len(asked), len(written)) == (159, 43, 202)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_unicode_form_does_not_matter(form: str) -> None:
    for written, key in rows(CERTAIN):
        found = OFFICE.match(unicodedata.normalize(form, written))  # type: ignore[arg-type]
        assert found.unit
        assert key_of(found.unit) == key


def test_at_most_five_candidates() -> None:
    many = Directory([UnitEntry(i, f"Phòng Kinh tế số {i}", "department") for i in range(9)])
    assert len(many.match("Phòng Kinh tế").candidates) == 5


def test_a_name_that_two_units_bear_is_asked() -> None:
    twins = Directory(
        [UnitEntry(1, "Phòng Kinh tế", "department"), UnitEntry(2, "Phòng KT", "department", ("Phòng Kinh tế",))]
    )
    found = twins.match("Phòng Kinh tế")
    assert not found.certain
    assert {u.id for u in found.candidates} == {1, 2}


def test_initials_that_two_units_share_are_asked() -> None:
    pair = Directory([UnitEntry(1, "Phòng Tư pháp", "department"), UnitEntry(2, "Phòng Tiếp phòng", "department")])
    assert not pair.match("Phòng TP").certain


def test_one_slip_between_two_names_is_asked() -> None:
    pair = Directory([UnitEntry(1, "Phòng Nội vụ", "department"), UnitEntry(2, "Phòng Nôi vu", "department")])
    assert not pair.match("Phòng Nối vụ").certain


def test_a_toneless_name_of_two_communes_is_asked() -> None:
    pair = Directory([UnitEntry(1, "UBND xã An Hòa", "commune"), UnitEntry(2, "UBND xã An Hóa", "commune")])
    assert {u.id for u in pair.match("ubnd xa an hoa").candidates} == {1, 2}
    assert pair.match("UBND xã An Hoá").unit == pair.units[1]


def test_the_level_that_goes_without_saying_is_the_offices_own() -> None:
    province = Directory([UnitEntry(1, "UBND tỉnh Lam Kiều", "office"), UnitEntry(2, "Công an tỉnh", "sector")])
    assert province.match("Công an tỉnh Lam Kiều").certain
    assert not province.match("Công an huyện").certain


def test_a_commune_office_has_its_own_departments() -> None:
    commune = Directory([UnitEntry(1, "UBND xã An Quế", "office"), UnitEntry(2, "Phòng Kinh tế", "department")])
    assert commune.match("Phòng Kinh tế xã").certain
    assert commune.match("UBND xã").unit == commune.units[0]


def test_an_empty_directory_answers_calmly() -> None:
    nothing = Directory([])
    assert nothing.match("Phòng Nội vụ").candidates == ()
    assert nothing.search("noi vu") == ()
    assert nothing.find_in("phòng nội vụ") == ()


SEARCHES = {
    "noi vu": "nv",
    "p nội vụ": "nv",
    "tài nguyên": "tn",
    "tai ng": "tn",
    "p tnmt": "tn",
    "ldtbxh": "ld",
    "lao dong": "ld",
    "an hoa": "ah",
    "an hòa tây": "at",
    "an hoa t": "at",
    "ben tram": "bt",
    "nong thon": "nn",
    "moi truongg": "tn",
    "ttyt": "ty",
    "cong an": "ca",
    "huyen doi": "qs",
    "gddt": "gd",
    "thụy khuê": "tk",
    "van phong": "vp",
}


@pytest.mark.parametrize(("words", "key"), SEARCHES.items())
def test_what_people_type_finds_the_unit_first(words: str, key: str) -> None:
    assert key_of(OFFICE.search(words)[0]) == key


def test_search_keeps_to_its_limit_and_to_words() -> None:
    assert len(OFFICE.search("xã", limit=3)) == 3
    assert OFFICE.search(" ?! ") == ()


SENTENCES = {
    "viec nay cua phong tai nguyen": [("phong tai nguyen", "tn", True)],
    "việc này của Phòng Tài nguyên và Môi trường, không phải bên mình": [
        ("Phòng Tài nguyên và Môi trường", "tn", True)
    ],
    "so sánh phòng nội vụ với phòng giáo dục": [("phòng nội vụ", "nv", True), ("phòng giáo dục", "gd", True)],
    "phòng nội vụ và phòng y tế": [("phòng nội vụ", "nv", True), ("phòng y tế", "yt", True)],
    "chuyển cho P.TNMT nhé": [("P.TNMT", "tn", True)],
    "vp làm chưa": [("vp", "vp", True)],
    "xã an hòa tây đến đâu rồi": [("xã an hòa tây", "at", True)],
    "an hoà còn mấy việc": [("an hoà", "ah", False)],
    "tckh đã báo cáo chưa": [("tckh", "tc", False)],
    "phòng kinh tế có việc gì": [("phòng kinh tế", "kt", True)],
    "phòng kinh tế và hạ tầng có việc gì": [("phòng kinh tế và hạ tầng", "kh", True)],
    "Sở Tài chính hỏi": [],
    "Công an tỉnh kiểm tra": [],
    "cong an tinh kiem tra": [("cong an", "ca", False)],
    "việc của Công an huyện Tùng Lĩnh": [("Công an huyện Tùng Lĩnh", "ca", True)],
    "phòng nội vụ, tỉnh giao gấp": [("phòng nội vụ", "nv", True)],
    "hạn nộp là hôm nào vậy ạ?": [],
    "trưa nay ăn gì": [],
    "": [],
}


@pytest.mark.parametrize(("text", "named"), SENTENCES.items())
def test_units_are_found_in_a_sentence(text: str, named: list[tuple[str, str, bool]]) -> None:
    found = OFFICE.find_in(text)
    assert [(text[m.start : m.end], key_of(m.match.candidates[0]), m.match.certain) for m in found] == named


def test_a_word_that_two_units_share_is_one_uncertain_mention() -> None:
    (mention,) = OFFICE.find_in("công tác y tế")
    assert {key_of(u) for u in mention.match.candidates} == {"yt", "ty"}
    assert mention.match.unit is None


def test_spans_hold_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "giao Phòng Nội vụ huyện nhé")
    (mention,) = OFFICE.find_in(text)
    assert unicodedata.normalize("NFC", text[mention.start : mention.end]) == "Phòng Nội vụ huyện"


GROUPS = {
    "all": "all units|các cơ quan, đơn vị, địa phương|Các cơ quan, đơn vị và địa phương|"
    "Thủ trưởng các cơ quan, đơn vị, địa phương|"
    "Thủ trưởng các cơ quan, đơn vị; Chủ tịch UBND các xã, thị trấn|"
    "các phòng, ban, UBND các xã, thị trấn",
    "communes": "UBND các xã, thị trấn|Ủy ban nhân dân các xã, thị trấn|Chủ tịch UBND các xã|các địa phương|"
    "UBND cấp xã|- Đề nghị UBND các xã, thị trấn:|UBND các xã, thị trấn trên địa bàn huyện Tùng Lĩnh",
    "departments": "các phòng, ban|Các phòng chuyên môn|các cơ quan chuyên môn thuộc UBND huyện|Trưởng các phòng, ban",
}
NO_GROUP = (
    "các cơ quan liên quan|các xã có rừng|UBND các xã liên quan|các cơ quan, đơn vị|UBND xã An Hòa|Phòng Nội vụ|"
    "các doanh nghiệp|các sở, ban, ngành thuộc tỉnh|Các sở, ban, ngành và địa phương|"
    "các đơn vị, địa phương trong tỉnh|các sở, ban, ngành, đoàn thể tỉnh|chính quyền địa phương|"
)


@pytest.mark.parametrize(("written", "group"), rows(GROUPS))
def test_a_group_is_known(written: str, group: str) -> None:
    assert OFFICE.group_of(written) == group


@pytest.mark.parametrize("written", NO_GROUP.split("|"))
def test_a_group_with_a_condition_or_without_a_border_is_asked(written: str) -> None:
    assert OFFICE.group_of(written) is None


def test_a_province_has_its_own_groups() -> None:
    province = Directory([UnitEntry(1, "UBND tỉnh Lam Kiều", "office"), UnitEntry(2, "Sở Nội vụ", "department")])
    assert province.group_of("các sở, ban, ngành tỉnh") == "departments"
    assert province.group_of("Các sở, ban, ngành và địa phương") == "all"


@pytest.mark.parametrize("written", ["các cơ quan liên quan", "UBND các xã có rừng", "cơ quan chức năng"])
def test_for_several_units_no_single_one_is_offered(written: str) -> None:
    assert OFFICE.match(written).candidates == ()


def test_the_members_of_groups() -> None:
    kinds = [kind for _, kind in UNITS.values()]
    assert len(OFFICE.group("all")) == len(UNITS) - 1
    assert len(OFFICE.group("communes")) == kinds.count("commune")
    assert len(OFFICE.group("departments")) == kinds.count("department")
    with pytest.raises(ValueError, match="no such group"):
        OFFICE.group("friends")


def test_normal_keeps_tones_and_fold_drops_them() -> None:
    assert normal("P. Lao động - Thương binh & Xã hội") == "phòng lao động thương binh xã hội"
    assert fold("Phòng  Lao động - Thương binh") == "phong lao dong thuong binh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("Qúy", "quý"),
        ("hòan", "hoàn"),
        ("gìa", "già"),
    ],
)
def test_the_place_of_the_tone_does_not_matter(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    "word", ["người", "thuở", "khuỷu", "giếng", "gì", "quyền", "mía", "của", "hoài", "toán", "xoáy", "nghĩa", "giữa"]
)
def test_words_in_common_spelling_stay_as_they_are(word: str) -> None:
    assert normal(word) == word
