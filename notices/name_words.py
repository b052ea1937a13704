"""The words that go on in the name of a body in small letters: "Trung tâm Kỹ thuật *tài nguyên và môi trường*".

Verbs are without number, and a name that ends only at a verb somebody has thought of runs into its sentence ("Phòng
Quản trị mạng siết lại quyền truy cập"). What bodies deal with is a smaller world: the fields of administration,
schooling, health, technology and trade.
"""

from __future__ import annotations

import re

_FIELDS = """
    tuyến công tác cơ quan đơn vị sở ban ngành đoàn thể khối liên tổ đội chi bộ đảng ủy viên hội hiệp cấp trên dưới
    trực thuộc địa phương trung ương khu vực vùng miền núi bắc nam đông tây tỉnh huyện xã phường thành phố thị
    trấn quận đặc thôn bản làng ấp dân cư nhân cộng đồng gia đình người phụ nữ trẻ em thiếu niên nhi thanh cựu
    chiến binh nông nghiệp lâm ngư diêm thủy sản lợi điện nước thoát sạch biển đảo hải sông hồ đập đê điều kênh
    mương cống trạm bơm rừng phòng hộ dụng kiểm khuyến giống cây trồng trọt vật nuôi chăn thú động thực y dược
    phẩm mỹ bệnh viện tật nhiệt đới sốt rét ký trùng côn lao phổi mắt răng hàm mặt tai mũi họng da liễu tâm thần
    tim mạch ung bướu nội ngoại khoa đa truyền nhiễm khuẩn hồi sức chống độc cứu nạn thương tích dưỡng phục chức
    năng dinh sinh hóa học huyết xét nghiệm giải phẫu chẩn đoán hình ảnh giám định pháp sàng cận chuyên môn vụ
    giúp việc thường kỹ thuật nghệ thông tin số dữ liệu mạng lưới máy tính tử viễn bưu chính phát báo chí xuất nhập
    khẩu văn thao dục du lịch di tàng thư danh lam thắng biểu diễn giáo đào tạo mầm non mẫu tiểu phổ cao đẳng
    đại sư phạm nghề bán trú tư thục lập khảo thí tuyển huynh cha mẹ lớp trường trị kinh tế doanh mại dịch hàng
    tiêu dùng giá cả vốn quỹ tín ngân sách kho bạc thuế tài toán kế hoạch đầu dự án xây dựng hạ tầng đô mới quy
    kiến trúc nhà ở đất đai bằng tái nguyên môi khoáng khí tượng hậu biến đổi thiên chất thải rác vệ xanh chiếu
    sáng giao vận tải đường sắt cầu cảng bến xe không hành cán lực sự lương bảo hiểm trợ an toàn ninh trật tự
    quân quốc cảnh sát biên giới cửa cần chủng tiện trang bị thiết mua sắm đấu thầu tra quản lý triển một tiếp
    tịch chứng lưu trữ đối hợp tôn tộc tuyên luận hữu trí tuệ chuẩn đo lường lượng bức xạ dầu xăng than luyện
    kim dệt may giày chế nguồn tổng tham mưu lược thống chương trình đề mục nền tảng giảm nghèo bền vững tăng
    trưởng cụm nhỏ vừa và phần mềm trách hạn xung kích tập hòa tình nguyện quyền tuần từ thiện đỏ chữ thập tang
    lễ nghĩa vườn chợ ga tàu bãi nghỉ khách sạn cá đầm phá thăm dò sử ven buôn khánh tiết bầu cử nhiệm lụt bão
    cháy chữa kết nối phối tồn huy chỉnh nhánh diện phí mỏ quặng điêu hoa đàn bay kỷ cương đảm khen thưởng thi
    đua ngoài trong bồi bình tiến phúc cố kiều bào hưu đương cai nghiện ma túy tội tệ trọng điểm mía chè gỗ giấy
    muối bia rượu thuốc thẩm hỏa nghiên ứng thử áp hiệu quả kiệm duy sửa
"""
SYLLABLES = frozenset(_FIELDS.split())
_LAST_WORDS = re.compile(r"(?:(\w+)\s+)?(\w+)\s*$")
_NEXT_WORDS = re.compile(r"(\w+)(?:\s+(\w+))?")
# Verbs too where they stand alone: "hạ tầng", but "hạ mực nước".
_ONLY_BEFORE = {
    "hạ": {"tầng"},
    "cấp": {"xã", "tỉnh", "huyện", "cứu", "nước", "thoát", "cơ", "ủy", "cao", "thấp"},
    "thi": {"đua", "hành", "công", "thể"},
    "đào": {"tạo"},
    "sửa": {"chữa"},
    "mua": {"sắm", "bán"},
    "thử": {"nghiệm"},
    "đo": {"lường", "đạc"},
    "kết": {"nối", "cấu"},
    "giúp": {"việc"},
    "bay": {"quốc", "nội"},
    "đầu": {"tư", "ngành", "nguồn"},
    "thông": {"tin", "vận"},
}


def goes_on(name: str, rest: str, words: int) -> bool:
    """Whether a word in small letters belongs to the name that stands before it.

    After a capital it does ("Cấp *nước*"), unless two capitals have just named a place or a person ("Hà Sơn *súc*
    rửa"); after small letters or a number only what a body can deal with.

    Args:
        name: the name so far.
        rest: the text from the word on, as ``plain`` text.
        words: how many words the name has behind its kind of body.
    """
    last, ahead = _LAST_WORDS.search(name), _NEXT_WORDS.match(rest)
    if last is None or ahead is None or ahead[1][0].isdigit():
        return True
    if ahead[1] in SYLLABLES:
        followed = _ONLY_BEFORE.get(ahead[1])
        if followed is None or ahead[2] in followed or _compound(last[2], ahead[1]):
            return True
    before, after = last[1] or "", last[2]
    if words == 0:
        return _BARE.search(name) is None
    if not after[0].isupper() or (after.isupper() and len(after) > 1):
        return False
    named = words > 1 and before[:1].isupper() and not before.isupper() and before.lower() not in _BEGINS
    return not named


def _compound(before: str, word: str) -> bool:
    """Whether the word ends a compound: "giao *thông*", "bậc *thấp*"."""
    return f"{before.lower()} {word}" in _COMPOUNDS


_COMPOUNDS = frozenset(
    {
        "giao thông",
        "truyền thông",
        "phổ thông",
        "viễn thông",
        "liên thông",
        "lưu thông",
        "khảo thi",
        "cung cấp",
        "sơ cấp",
    }
)
# Bodies that are often called by nothing but their kind.
_BARE = re.compile(r"\b(?:Sở|Bộ|Cục|UBND|HĐND|Công an|Ủy ban nhân dân|Hội đồng nhân dân|ủy|[Tt]hủ tướng|[Cc]hủ tịch)$")
_BEGINS = frozenset(
    {"ban", "sở", "bộ", "cục", "vụ", "viện", "phòng", "khoa", "tổ", "đội", "khu", "hội", "đoàn", "đảng"}
)
