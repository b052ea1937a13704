"""The words around a point that make it a deadline, and those that take it away.

Markers are matched at the end of the text that stands before a point, so each pattern ends in ``$``.
"""

from __future__ import annotations

from domain.deadlines.words import pattern

HOUR = r"(?P<h>\d{1,2})\s*(?:giờ|h|g(?=\s|\d)|:(?=\d\d))\s*(?:(?P<min>\d{1,2})\s*(?:phút|p\b|')?)?"
TIME_BEFORE = pattern(rf"{HOUR}(?:\s*,)?(?: của| trong)?(?:\s*ngày)?(?:\s*\(?)\s*$")
TIME_AFTER = pattern(
    rf"\s*[,(]?\s*(?P<marker>trước|lúc|vào lúc|vào|muộn nhất|chậm nhất)(?: là)?(?: lúc)? {HOUR}\)?(?!\w)"
)
END_OF_DAY = pattern(r"(?:cuối|hết) giờ(?: làm việc| hành chính| chiều| sáng)?(?: của)?(?:,? ngày)?\s*$")

BEFORE = pattern(rf"{HOUR}(?:\s*,)?(?: của| trong)?(?:\s*ngày)?(?:\s*\(?)\s*$")
TIME_AFTER = pattern(
    rf"\s*[,(]?\s*(?P<marker>trước|lúc|vào lúc|vào|muộn nhất|chậm nhất)(?: là)?(?: lúc)? {HOUR}\)?(?!\w)"
)
END_OF_DAY = pattern(r"(?:cuối|hết) giờ(?: làm việc| hành chính| chiều| sáng)?(?: của)?(?:,? ngày)?\s*$")

LINK = r"(?:(?: là|\s*:| đến| tới| vào| trong| hết| ngay| cho đến)* (?:ngày )?|\s*:\s*|\s*\(\s*)"
BEFORE = pattern(r"\btrước(?: (?:thời điểm|mốc|dịp|kỳ nghỉ|kì nghỉ|nghỉ|lễ|thời hạn))*(?: ngày)?(?: lễ)?\s*$")
LATEST = pattern(
    r"\b(?:(?:chậm|muộn|trễ) nhất|không (?:được )?(?:quá|muộn hơn|chậm hơn|trễ hơn|sau)|hạn (?:cuối|"
    r"chót)(?: cùng)?)"
    r"(?:\s*[:,]?\s*(?:là|đến|tới|vào|trong|hết|cho đến|ngay))*(?: ngày)?\s*$"
)
TASK = (
    r"(?: (?:nộp|gửi|báo cáo|hoàn thành|thực hiện|triển khai|trình|xử lý|giải quyết|cuối cùng|cuối|chót|"
    r"dự kiến|yêu cầu|phải))*"
)
BY = r"(?:\s*(?::|\(|\b(?:là|đến|tới|hết|xong|vào|trong|ngay|cho đến|ngày)\b))*"
LABEL = pattern(
    rf"\b(?:(?:thời hạn|hạn)(?! (?:sử dụng|hiệu lực)){TASK}{BY}"
    rf"|(?:thời gian|thời điểm|tiến độ){TASK}(?:\s*:| là| đến| tới| xong| hoàn thành){BY})\s*$"
)
RANGE_LABEL = pattern(rf"\b(?:thời hạn|hạn|thời gian|tiến độ){TASK}\s*:?\s*$")
UNTIL = pattern(
    r"\b(?:(?P<moved>(?:gia hạn|lùi|dời|kéo dài|chuyển|hoãn)(?: thời hạn| thời gian| hạn)?(?: sang| đến|"
    r" tới))"
    r"|(?P<to>(?:cho )?(?:đến|tới))(?P<whole> hết| cuối)?|(?P<whole2>hết))(?: ngày)?\s*$"
)
WITHIN = pattern(r"\b(?P<now>ngay )?(?:trong|vào)(?: ngày)?\s*$")
NAMED_DAY = pattern(r"\b(?:ngày|lễ|dịp)\b")
AT_MOST = pattern(r"không ")
PLAIN = pattern(r"(?:^|[\s,;(])(?P<day>ngày )?\s*$")
RANGE_LEFT = pattern(
    r"\b(?P<from>từ (?:ngày )?)?(?P<d>\d{1,2})(?:(?:\s*[/.-]\s*| tháng )(?P<m>\d{1,2})(?:(?:\s*[/.-]\s*|"
    r" năm )(?P<y>\d{4}))?)?(?:,)?"
    r"\s*(?:đến|tới|-)(?: hết)?\s*(?:ngày )?$"
)
PERIOD_LEFT = pattern(
    r"\btừ (?P<what>(?:đầu |giữa |cuối )?(?:tháng|quý|năm|tuần) [\w/. ]{1,20}?) (?:đến|tới)(?: hết)?\s*$"
)

FINISH = (
    r"hoàn thành|hoàn tất|hoàn thiện|xong|dứt điểm|trình|ban hành|bàn giao|khởi công|khánh thành|thông qua|"
    r"kết thúc|gửi|nộp|phê duyệt|công bố"
)
REPORT = (
    r"báo cáo|tham mưu|đề xuất|tổng hợp|triển khai|thực hiện|tổ chức|xử lý|giải quyết|rà soát|cung cấp|đăng ký|"
    r"phản hồi|cho ý kiến|tham gia ý kiến|thẩm định|khắc phục"
)
FINISHING = pattern(rf"\b(?:{FINISH})\b")
DOING = pattern(rf"\b(?:{FINISH}|{REPORT})\b")
ADJACENT = pattern(
    r"\b(?:hoàn thành|hoàn tất|xong|dứt điểm|kết thúc)(?: (?:dứt điểm|toàn bộ|việc này|trong|ngay|vào|"
    r"chậm nhất|là))*\s*(?P<day>ngày )?$"
)
REPORTING = pattern(
    r"\bbáo cáo(?: (?:kết quả |tiến độ )?(?:thực hiện )?(?:về |cho |với )?(?:ubnd|u[ỷy] ban|ủy ban|"
    r"chủ tịch|thủ tướng|chính phủ|bộ|sở|phòng|văn phòng|huyện u[ỷy]|huyện ủy|tỉnh u[ỷy]|tỉnh ủy|"
    r"thường trực|lãnh đạo|hđnd)[^,;.]{0,60}?)?,? (?:ngay )?trong\s*$"
)
STRICT = pattern(
    r"\b(?:hoàn thành|hoàn tất|xong|dứt điểm|trình|ban hành|bàn giao|khởi công|khánh thành|thông qua|"
    r"kết thúc|gửi|nộp)\b"
)
STRONGEST = pattern(r"hoàn|xong|dứt|khởi|khánh|bàn")
DONE_ALREADY = pattern(r"\b(?:đã|được|vừa|mới|chưa|việc)\s*$")
HAPPENING = pattern(
    r"\b(?:thực hiện|phát sinh|diễn ra|đạt được|tổ chức|triển khai|tốt hơn|kết quả|tình hình|công tác|"
    r"nhiệm vụ)\s*$"
)
THEN_FINISH_NOW = pattern(r"\s*(?:phải )?(?:hoàn thành|hoàn tất|xong|dứt điểm)\b")
THEN_FINISH = pattern(
    r"\s*,?\s*(?:(?:phải|cơ bản|phấn đấu|cần|tập trung|các \w+(?: \w+){0,3}|\w+) ){0,3}(?:hoàn thành|"
    r"hoàn tất|xong|dứt điểm)\b"
)

# "Số liệu tính đến ngày", "có hiệu lực đến hết", "dự kiến tổ chức trong": points that say when something
# is, not by when it is due.
NOT_DUE = pattern(
    r"\b(?:tính|lũy kế|luỹ kế|số liệu|dữ liệu|thống kê|thời điểm|hiệu lực|áp dụng|cập nhật|thời kỳ|"
    r"giai đoạn|tầm nhìn|định hướng|niên hạn|"
    r"kế hoạch|chương trình|kể|dự kiến(?! (?:hoàn thành|xong)))(?: (?:thi hành|thực hiện|tổ chức|sử dụng|"
    r"cộng dồn))?(?: từ| kể từ)?\s*(?:cho )?(?:ngày )?(?:đến|tới|từ|trong|hết|vào)?(?: hết|"
    r" cuối)?(?: ngày)?\s*$"
)
COUNTED = pattern(r"\b(?:tính|kể|lũy kế|luỹ kế|số liệu)\b[^.;,]{0,30}$")
PASSIVE = pattern(
    r"\b(?:đã|được|bị|từng|có hiệu lực|thành lập|phát sinh|tồn tại|có văn bản|có công văn)\b[^,.;:]{0,120}$"
)
SENTENCE_END = pattern(r"[.;!?…](?=\s|$)(?<!tp\.)|\n|:(?=\s)")

EVERY = r"(?:hằng|hàng|mỗi|mọi)"
EVERY_AFTER = pattern(
    rf"\s*,?\s*(?:của )?(?P<every>{EVERY} (?P<unit>năm|tháng|tuần|quý|ngày)|(?:của )?tháng (?:cuối|đầu|"
    rf"kế tiếp)(?: của)? (?:mỗi |hằng |hàng )?(?P<unit2>quý))\b"
)
EVERY_BEFORE = pattern(
    rf"\b(?P<every>(?:định kỳ )?{EVERY} (?P<unit>năm|tháng|tuần|quý|ngày)|định kỳ (?:(?:mỗi|"
    rf"theo) )?(?:\d{{1,2}} )?(?P<unit2>năm|tháng|tuần|quý))\b[^.;:]{{0,80}}$"
)
RECURRENCE = pattern(
    rf"\b(?:định kỳ )?(?:{EVERY} (?:năm|tháng|tuần|quý|ngày|6 tháng)\b(?! lịch))"
    r"|\bđịnh kỳ (?:(?:mỗi|theo|hằng|hàng) )?(?:\d{1,2} (?:tháng|tuần|ngày|năm)(?:/(?:một )?lần| (?:một|1|"
    r"01) lần)?|tháng|quý|tuần|năm)\b"
    r"|\b(?:một|1|01) (?:tháng|tuần|quý|năm) (?:một|1|01|hai|2|02) lần\b|\b\d{1,2} (?:tháng|tuần|ngày|"
    r"năm)\s*(?:/| )\s*(?:một )?lần\b"
)
