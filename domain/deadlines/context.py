"""The words around a point that make it a deadline, and those that take it away.

Markers are matched at the end of the text that stands before a point, so each pattern ends in ``$``.
"""

from __future__ import annotations

from domain.deadlines.hours import HOUR, PART_OF_DAY
from domain.deadlines.words import pattern

TIME_BEFORE = pattern(rf"(?<![\w:.,/-]){HOUR}(?:\s*,)?(?: của| trong)?(?:\s*(?:các )?ngày)?(?:\s*\(?)\s*$")
TIME_AFTER = pattern(
    rf"\s*[,(]?\s*(?:(?P<marker>trước|lúc|vào lúc|vào|muộn nhất|chậm nhất)(?: là)?(?: lúc)? )?{HOUR}\)?(?!\w)"
)
END_OF_DAY = pattern(
    r"\bcuối (?:ngày )?$|(?:đầu|cuối|hết) (?:giờ|buổi)(?: làm việc| hành chính| chiều| sáng)?(?: của)?(?:,? ngày)?\s*$"
)
PART = pattern(rf"({PART_OF_DAY})\b")

BEFORE = pattern(
    r"\btrước(?: (?:hết|thời điểm|mốc|dịp|kỳ nghỉ|kì nghỉ|nghỉ|lễ|thời hạn))*(?: (?:các )?ngày)?(?: lễ)?\s*$"
)
# "Trước lễ khai giảng (05/9)", "trước khi khai mạc kỳ họp ngày 10/12": an event with its day.
BEFORE_EVENT = pattern(
    r"\btrước (?:(?:khi|lễ|ngày|dịp|thời điểm) )*(?:khai giảng|khai mạc|bế mạc|tựu trường|kỳ họp|kì họp|đại hội|"
    r"kỷ niệm|quốc tế|thương binh|thành lập|thầy thuốc|doanh nhân|truyền thống|hội nghị|bầu cử|kỳ thi)"
    r"(?: [^\s,;.:()\d]+){0,6}(?: thứ [\w]+)?\s*(?:\(|ngày |\(ngày )?\s*$"
)
BEFORE_END = pattern(r"\btrước hết\s*$")
# "Trước ngày khai mạc 10 ngày", "trước Tết 2 tuần": counted back from the day.
COUNTED_BACK = pattern(r"\s*,?\s*(?:ít nhất |tối thiểu |chậm nhất |khoảng )?\d{1,3} (?:ngày|tuần|tháng|giờ)\b")
# "15 ngày trước ngày khai mạc 05/7".
COUNTED_UP = pattern(r"\b\d{1,3} (?:ngày|tuần|giờ)(?: làm việc)?\s*$")
# What is so, or was made, before a day: no task is due then.
STATE_BEFORE = pattern(
    r"\b(?:nghỉ hưu|nghỉ việc|nghỉ chế độ|nhập ngũ|kết nạp|phát sinh|tồn tại|vi phạm|xảy ra|nhập học|"
    r"có hiệu lực|có từ|hiện có|có mặt|họp|dự họp|khai mạc|xuất phát)(?: từ)?\s*$"
    r"|(?<!phải\s)(?<!cần\s)(?:được|bị) (?:cấp|ký|phê duyệt|duyệt|ban hành|xây dựng|giao|thuê|tuyển dụng|bổ nhiệm|"
    r"thành lập|"
    r"công nhận|tiếp nhận|đầu tư|khởi công|đăng ký|chuyển nhượng|thu hồi|bồi thường|sử dụng|đưa vào sử dụng|phát hiện|"
    r"kiểm tra|thông qua|quyết toán)\s*$"
    r"|\bđã (?:cấp|ký|phê duyệt|ban hành|khởi công|đăng ký|nhận|nộp)\s*$"
    r"|\bdự kiến (?:tổ chức|khai mạc|diễn ra|khánh thành|khởi công|họp|khai giảng)\b[^,;.]{0,30}$"
)
THEN_STATE = pattern(
    r"\s*\)?,?\s*(?:(?:tiếp tục|còn) (?:có )?(?:giá trị|hiệu lực)|"
    r"(?:nhưng|mà|thì|nay)\b|được (?:cấp|công nhận|hưởng|áp dụng|xem xét|tính|miễn|giảm|giữ|"
    r"bảo lưu|tiếp tục|coi|xác định)|"
    r"(?:không|chưa|sẽ không) (?:được|phải|thuộc|áp dụng|đủ|giải quyết|tính|xem xét)|vẫn|đã\b)"
)
FORBIDDEN = pattern(r"\b(?:không được|nghiêm cấm|cấm|chưa được)(?! (?:để|chậm|quá))[^,;.]{0,60}$")
CONDITION = pattern(r"\b(?:nếu|trường hợp|trong trường hợp)\b[^,;.]{0,80}$")
CITED_ORDER = pattern(
    r"\bđã (?:chỉ đạo|giao|yêu cầu|đề nghị|cam kết|thống nhất|hứa|có (?:văn bản|công văn|ý kiến|thông báo|chỉ thị))\b"
    r"[^.;]{0,120}$"
)
# "Chậm nhất 3/5 xã", "trước 2/3 số hộ": parts of a whole, no days.
PART_OF = pattern(
    r"\s+(?:số|tổng|xã|phường|thôn|hộ|đơn vị|khối lượng|diện tích|kinh phí|dự án|người|công trình|chỉ tiêu|tiêu chí|"
    r"thành viên|cán bộ|thời gian|vốn|kế hoạch|quãng|sản lượng|hồ sơ|nhiệm vụ|cơ sở|trường|huyện|tỉnh)\b"
)
THEN_FIGURE = pattern(r"\s*,?\s*(?:đạt|có|được(?= \d)|tăng|giảm|còn|mới|đã|là)\b")
DONE_BEFORE = pattern(r"\b(?:đã|vừa|mới|chưa|không|từng)(?: cơ bản)?\s*$")
FROM_HOUR = pattern(r"\btừ \d{1,2}\s*(?:giờ|h|:)[^,;.]{0,40}$")
ASKED_FOR = pattern(r"\b(?:hạn|nhận|nộp|kéo dài|gia hạn|thời gian|tiến độ|đăng ký|thời hạn)\b")
MEETING_TIME = pattern(r"\b(?:thời gian|thời điểm)\s*:\s*(?:từ |vào |lúc |vào lúc )?\s*$")
TOGETHER = pattern(r"\s*(?:,|và|hoặc|,? và)\s*(?:ngày )?")
CLOSED = pattern(r"\s*(?:$|[.;,)]|(?:của )?(?:hằng|hàng|mỗi)\b)")
# The last syllable of everything that can mark a point as a deadline. Nearly all dates of a notice are those of cited
# documents and have none of these before them, so nothing else about them is looked at.
CUE = pattern(
    r"(?:^|[:(,;-]|\b(?:trước|hết|điểm|mốc|dịp|nghỉ|lễ|hạn|nhất|quá|hơn|sau|cuối|chót|cùng|là|đến|tới|vào|trong|"
    r"ngay|xong|nộp|"
    r"gửi|nhận|ký|sơ|kiến|ý|bài|thi|cáo|thành|hiện|khai|trình|lý|quyết|cầu|phải|gian|độ|tất|thúc|bộ|này|niệm|về|"
    r"lại|quả|"
    r"đúng|sáng|trưa|chiều|tối))\s*(?:(?:các|hai|ba|0?[23]) )?(?:ngày )?(?:lễ )?\s*$"
)
# After "từ nay đến …": what is to be done by then.
NOW_TASK = pattern(
    r"\s*,?\s*(?:(?:phải|cần|tập trung|phấn đấu) )*(?:giải ngân|đạt|hoàn|xong|trình|ban hành|bàn giao|thực hiện)\b"
)
# "Từ nay đến hết ngày 30/11, mỗi xã phải xóa xong …".
NOW_MUST = pattern(r"\s*,(?![^.;:]{0,80}\bnào\b)[^.,;:]{1,60}\b(?:phải|hoàn thành|xong|dứt điểm)\b")
LATEST = pattern(
    r"\b(?:(?:chậm|muộn|trễ) nhất|không (?:được |để )*(?:chậm quá|muộn quá|quá|muộn hơn|chậm hơn|trễ hơn|sau)|"
    r"hạn (?:cuối|"
    r"chót)(?: cùng)?)"
    r"(?:\s*[:,]?\s*(?:là|đến|tới|vào|trong|hết|cho đến|ngay|dịp))*(?: (?:các )?ngày)?\s*$"
)
TASK = (
    r"(?: (?:nộp|gửi|nhận|tiếp nhận|trả lời|phản hồi|đăng ký|hồ sơ|ý kiến|góp ý|bài|dự thi|báo cáo|hoàn thành|"
    r"thực hiện|triển khai|trình|xử lý|giải quyết|cuối cùng|cuối|chót|"
    r"dự kiến|yêu cầu|phải))*"
)
BY = r"(?:\s*(?::|\(|\b(?:là|đến|tới|hết|xong|vào|trong|ngay|cho đến|ngày)\b))*"
LABEL = pattern(
    rf"\b(?:(?:(?<!có\s)thời hạn|(?<!thời\s)(?<!quá\s)(?<!trễ\s)hạn)(?! (?:sử dụng|hiệu lực)){TASK}{BY}"
    r"|hạn (?:chót|cuối|cuối cùng|nộp|nhận|gửi)"
    r"(?: (?!sử dụng|hiệu lực|trước|sau|là|của)[^\s\d,;.:()]+){1,6}\s*:(?: ngày)?"
    rf"|thời gian (?:thực hiện|hoàn thành|triển khai) trong"
    rf"|tg[ht]{{2}}\s*:"
    rf"|(?:thời gian|thời điểm|tiến độ|mốc|lộ trình){TASK}(?:\s*:| là| đến| tới| xong| hoàn thành){BY})\s*$"
)
RANGE_LABEL = pattern(rf"\b(?:thời hạn|hạn|thời gian|tiến độ){TASK}\s*:?\s*$")
UNTIL = pattern(
    r"\b(?:(?P<moved>(?:gia hạn|lùi|dời|kéo dài|chuyển|hoãn)(?: thời hạn| thời gian|"
    r" hạn)?(?: [^,;.]{0,30})?(?: sang| đến|"
    r" tới))"
    r"|(?P<to>(?P<now>từ (?:nay|hôm nay|bây giờ|giờ) )?(?:cho )?(?:đến|tới))(?P<whole> hết| cuối)?"
    r"|(?P<whole2>hết))(?: ngày)?\s*$"
)
WITHIN = pattern(
    r"\b(?P<now>ngay )?(?:trong|vào)"
    r"(?: (?:các|(?:(?:các|hai|ba|0?[23]) )?ngày|(?:buổi )?(?:sáng|trưa|chiều|tối)(?: các)?(?: ngày)?))?\s*$"
)
OCCASION = pattern(r"\b(?:(?:vào|đúng|vào đúng) )?dịp(?: kỷ niệm)?(?: ngày)?(?: lễ)?\s*$")
FINISHED_WITHIN = pattern(r"\b(?:hoàn thành|hoàn tất|xong|dứt điểm)\b[^,;.]{0,80}$")
# A task that begins its sentence: what follows "trước rằm tháng Tám" is then due, and no tale.
TASKED = pattern(
    r"^[\W\d_]*(?:[a-zđ]\)\s*)?(?:(?:khẩn trương|tập trung|chủ động|tiếp tục|phấn đấu|tổ chức) )*"
    r"(?:tặng|chi trả|chi|cấp|phát|mua|sửa|lắp|trồng|thu|nộp|đóng|kiểm tra|đưa|chuyển|di dời|lập|làm|tuyên truyền|"
    r"vận động|dọn|thông xe|vận hành|thăm|trao|bố trí|giải ngân|trả|ký|trình ký|cung ứng|dự trữ|nghiệm thu|"
    r"thông báo|công khai|niêm yết|họp dân|tháo dỡ|thu hoạch|gieo|tiêm|rà|thanh toán|quyết toán|mở|tập huấn|bồi dưỡng|"
    r"khảo sát|thẩm tra|xác minh|đối chiếu|đối soát|kiểm kê|thống kê|nhập|cập nhật|đăng|chốt|treo|gia cố|khắc phục|"
    r"thay thế|nạo vét|phát quang|xử phạt|cưỡng chế|thu hồi|kiện toàn|phân công|giải trình|thu thập|giải tỏa)\b"
)
# "Quyết toán các khoản chi đến hết ngày 31/12": up to when it is counted.
COUNTS = pattern(
    r"^[\W\d_]*(?:[a-zđ]\)\s*)?(?:đối chiếu|đối soát|kiểm kê|thống kê|quyết toán|thanh toán|thu(?! hồi)|thu thập|"
    r"rà|nhập|cập nhật|chi|chi trả|cấp) (?!đến|tới|hết)\w"
)
# "Công khai mức giá áp dụng từ ngày …": what has these days, and no task.
LASTS = pattern(
    r"\b(?:việc|áp dụng|vay|chế độ|mức|giá|tiền|phụ cấp|lương|phát sinh|hiệu lực|nghỉ|cấm|trực|nợ|thuê|công tác phí)\b"
)
# "Niêm yết trong thời hạn 15 ngày tại trụ sở": so long.
KEPT_UP = pattern(
    r"^[\W\d_]*(?:[a-zđ]\)\s*)?(?:tổ chức )?(?:niêm yết|công khai|tập huấn|bồi dưỡng|treo|đăng|mở|tuyên truyền)\b"
)
PART_OF_PERIOD = pattern(r"(?:đầu|giữa|cuối|nửa)\b")
WEEKDAY = pattern(r"(?:sáng |chiều |trưa |tối )?(?:thứ|chủ nhật|t[2-7])\b")
# What takes place then is no task that is due then.
MEETING = pattern(
    r"\b(?:họp|hội nghị|cuộc|buổi|lễ|tại|phiên|làm việc|nghỉ|diễn ra|dự(?! (?:thảo|án|toán|phòng|báo|trữ|kiến))|"
    r"tình hình|số liệu|kết quả|của|so với|năm học|"
    r"dự kiến(?! (?:hoàn|xong)))\b"
)
FINISH = (
    r"hoàn thành|hoàn tất|hoàn thiện|xong|dứt điểm|trình|ban hành|bàn giao|khởi công|khánh thành|thông qua|"
    r"kết thúc|gửi|nộp|phê duyệt|công bố"
)
REPORT = (
    r"báo cáo|tham mưu|đề xuất|tổng hợp|triển khai|thực hiện|tổ chức|xử lý|giải quyết|rà soát|cung cấp|đăng ký|"
    r"phản hồi|cho ý kiến|tham gia ý kiến|thẩm định|khắc phục"
)
# "Quý 4, Sở Y tế phải trình đề án": when, who, and what has to be ready.
THEN_ONE_MUST = pattern(rf"\s*,\s*[^\W\d][^,;.:]{{1,60}} phải (?:{FINISH}|{REPORT})\b")
# "Từ ngày 03 đến ngày 14/11: tự kiểm tra".
THEN_STEP = pattern(
    rf"\s*:\s*(?:tự |các [^\s,;.]+ [^\s,;.]+ )?"
    rf"(?:{FINISH}|{REPORT}|kiểm tra|đánh giá|khảo sát|lấy ý kiến)\b"
)
# "Quá ngày 25/9, đơn vị nào không gửi ý kiến xem như thống nhất".
PAST_WHICH = pattern(r"^\W*quá (?:(?:thời hạn|hạn|thời gian)(?: trên| nêu trên)?,? )?(?:ngày )?$")
THEN_LATE = pattern(r"[^.;:]{0,60}\b(?:không|chưa) (?:gửi|nộp|có|báo cáo|phản hồi|trả lời|đăng ký|nhận)\b")
DRIVE = pattern(r"\b(?:cao điểm|chiến dịch|ra quân|đợt)\b[^,;.]{0,30}$")
# "Mở đợt cao điểm từ ngày … đến ngày …": how long the task itself lasts.
CAMPAIGN = pattern(
    r"^[\W\d_]*(?:mở|phát động|ra quân|triển khai|tổ chức|thực hiện|tiến hành) (?:[^\s,;.]+ ){0,3}?"
    r"(?:đợt|cao điểm|chiến dịch|tổng|tháng hành động|tuần lễ)\b"
)
# The same after who does it: "Công an xã mở đợt cao điểm …".
OPENS_DRIVE = pattern(r"\b(?<!đã\s)(?:mở|phát động|ra quân) (?:[^\s,;.]+ ){0,3}?(?:đợt|cao điểm|chiến dịch)\b[^,;.]*$")
IDLE = pattern(r"\b(?:nghỉ|họp|hội nghị|diễn ra|dự kiến|bán|học)\b")
NAMED_DAY = pattern(r"\b(?:ngày|lễ|dịp)\b")
AT_MOST = pattern(r"không (?:được |để )*quá")
PLAIN = pattern(r"(?:^|[\s,;(])(?P<day>ngày )?\s*$")
RANGE_LEFT = pattern(
    r"\b(?P<from>từ (?:\d{1,2}\s*(?:h|giờ|g|:)\s*(?:\d{1,2}(?: phút)?)?,? )?(?:ngày )?)?"
    r"(?P<d>\d{1,2})(?:(?:\s*[/.-]\s*| tháng )(?P<m>\d{1,2})(?:(?:\s*[/.-]\s*|"
    r" năm )(?P<y>\d{4}))?)?(?:,)?"
    r"\s*(?:đến|tới|-)(?: hết)?\s*(?:ngày )?$"
)
PERIOD_LEFT = pattern(
    r"\btừ (?P<what>(?:đầu |giữa |cuối )?(?:tháng|qu[ýí]|năm|tuần) [\w/. ]{1,20}?) (?:đến|tới|-)(?: hết)?\s*$"
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
    r"thường trực|lãnh đạo|giám đốc|hđnd)[^,;.]{0,60}?)?,? (?:ngay )?(?:trong|vào)(?: ngày)?\s*$"
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
FIGURE = (
    r"(?! (?:được |đạt )?\d+(?:[.,]\d+)?\s*(?:%|/))"  # "quý I hoàn thành 27 % dự toán" tells, "phải hoàn thành" asks
)
# "Tồn từ quý IV/2025, xong trong tuần 14": the finishing has a time of its own, so what stands before it has none.
OWN_TIME = r"(?! (?:trước|trong|vào|ngày|đến|tới|chậm nhất|muộn nhất|trễ nhất|không quá)\b(?!(?: ngày)? (?:này|đó)\b))"
THEN_FINISH_NOW = pattern(
    rf"\s*,?\s*(?:(?:thì )?(?:cần |bắt buộc )?phải (?:\w+ )?(?:{FINISH}|{REPORT}|có|giải ngân|đạt|nhận|trả|đưa|"
    rf"chấm dứt|khởi|bố trí|làm)\b|(?:hoàn thành|hoàn tất|xong|dứt điểm)\b{FIGURE}{OWN_TIME})"
)
THEN_FINISH = pattern(
    r"\s*,?\s*(?:(?:phải|cơ bản|phấn đấu|cần|tập trung|các \w+(?: \w+){0,3}|(?!đã\b|chưa\b|"
    r"mới\b)\w+) ){0,3}(?:hoàn thành|"
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
AS_OF = pattern(r"\b(?:kết quả|tình hình|giá trị)(?: \w+){0,2} (?:đến|tới)(?: hết| cuối)?(?: ngày)?\s*$")
COUNTED = pattern(r"\b(?:tính|kể|lũy kế|luỹ kế|số liệu)\b[^.;,]{0,30}$")
PASSIVE = pattern(
    r"\b(?:đã|được|bị|từng|có hiệu lực|thành lập|phát sinh|tồn tại|có văn bản|có công văn)\b[^,.;:]{0,120}$"
)
SENTENCE_END = pattern(r"[.;!?…](?=\s|$)(?<!tp\.)|\n|:(?=\s)")

EVERY = r"(?:hằng|hàng|mỗi|mọi)"
EVERY_AFTER = pattern(
    rf"\s*,?\s*(?:của )?(?P<every>{EVERY} (?P<unit>năm|tháng|tuần|qu[ýí]|ngày)|(?:của )?tháng (?P<which>cuối|đầu|"
    rf"giữa|thứ (?:nhất|hai|ba|[123])|kế tiếp)(?: tiên| cùng)?(?: của)? (?:mỗi |hằng |hàng )?(?P<unit2>qu[ýí])"
    r"(?!\s*(?:iv|i{1,3}|[1-4]|một|hai|ba|tư|này)\b)"
    r"|(?:của )?tháng (?P<next>(?:liền |ngay )?(?:kề|kế|tiếp theo|kế tiếp|liền)?(?: ngay)?(?: sau| của)?)"
    r" (?P<unit3>tháng|qu[ýí]) báo cáo)\b(?P<later> (?:sau|tới|tiếp(?: theo)?|kế(?: tiếp)?|liền kề|liền sau|kế sau))?"
)
EVERY_BEFORE = pattern(
    rf"\b(?P<every>(?:định kỳ )?{EVERY} (?P<unit>năm|tháng|tuần|qu[ýí]|ngày)|định kỳ (?:(?:mỗi|"
    rf"theo) )?(?:(?P<several>\d{{1,2}}) )?(?P<unit2>năm|tháng|tuần|qu[ýí]))\b[^.;:]{{0,80}}$"
)
ONLY_EVERY = pattern(
    rf"^\W*(?:định kỳ(?=\s*(?:vào )?(?:ngày )?$)|(?:định kỳ )?(?:{EVERY} )?(?:năm|tháng|tuần|qu[ýí]|ngày)\b)"
    r"(?: (?:một|1|01) lần)?[\s,:(-]*(?:vào )?(?:ngày )?$"
)
RECURRENCE = pattern(
    rf"\b(?:định kỳ )?(?:{EVERY} (?:năm|tháng|tuần|qu[ýí]|ngày|6 tháng)\b(?! lịch))"
    r"|\bđịnh kỳ (?:(?:mỗi|theo|hằng|hàng) )?(?:\d{1,2} (?:tháng|tuần|ngày|năm)(?:/(?:một )?lần| (?:một|1|"
    r"01) lần)?|tháng|qu[ýí]|tuần|năm)\b"
    r"|\b(?:một|1|01) (?:tháng|tuần|quý|năm) (?:một|1|01|hai|2|02) lần\b|\b\d{1,2} (?:tháng|tuần|ngày|"
    r"năm)\s*(?:/| )\s*(?:một )?lần\b"
    r"|\btuần (?:đầu|cuối)(?: tiên| cùng)?(?: của)? (?:mỗi |hằng |hàng )?tháng\b(?! (?:\d|này|sau|tới))"
    r"|\bthường xuyên(?:,? liên tục)?(?=\s*(?:[.;)]|$)| trong năm)"
)
SINCE = pattern(
    r"\b(?:kể từ|từ|bắt đầu từ|bắt đầu) (?:(?:năm |tháng (?P<m>\d{1,2})\s*(?:/|năm)\s*)?(?P<y>20\d\d)\b|"
    r"tháng (?P<m2>1[0-2]|0?[1-9])\b(?!\s*[/.-]|\s*(?:đến|tới|năm)\b))"
)
# The task may follow the day on which it comes again: "định kỳ ngày 25 hằng tháng gửi báo cáo".
THEN_TASK = pattern(rf"[^.;:]{{0,40}}\b(?:{FINISH}|{REPORT})\b")
# A day ahead is no cited document's: "báo cáo kết quả ngày 29/8".
REPORT_DAY = pattern(
    r"(?<!theo\s)(?<!tại\s)(?<!của\s)(?<!trong\s)\b(?:báo cáo (?:kết quả|lại)|(?:nộp|gửi) (?:báo cáo|kết quả|về))"
    r"(?: kết quả)? ngày $"
)
# "Dự kiến sang thăm vào tháng 11", "(dự kiến ngày 11-12/10)": when something may happen.
PLANNED = pattern(rf"\bdự kiến(?! (?:{FINISH})\b)(?! (?:hoàn|xong))[^,;.:]{{0,60}}$")
# "… trình Chủ tịch ngày 12/6": to whom something goes, and on which day; a document's words between make it its date.
SUPERIOR = (
    r"ubnd|hđnd|u[ỷy] ban|ủy ban|hội đồng|(?:phó )?(?:chủ tịch|giám đốc|hiệu trưởng|bí thư|tổng giám đốc)|thủ tướng|"
    r"chính phủ|bộ|sở|phòng|văn phòng|ban|thường trực|lãnh đạo|trưởng|đảng u[ỷy]|đảng ủy|huyện u[ỷy]|huyện ủy|"
    r"tỉnh u[ỷy]|tỉnh ủy|thành ủy|thủ trưởng|hội|cục|chi cục|tổng cục|tổng công ty|công ty|công an|kho bạc|trung tâm|"
    r"viện|trường|tôi|đồng chí|đ/c|anh|chị|ông|bà|cấp|bhxh|thuế"
)
HANDED_IN = pattern(
    r"(?:^|[,;:(]|\b(?:và|hợp|sách|bản|kết quả|đạo|hoạch|xong|xuất))\s*(?:gửi|nộp|trình|báo cáo)"
    r"(?: về| cho| đến| lên| tới)?"
    rf"(?= (?:{SUPERIOR})\b)"
    r"(?: (?!(?:số|theo|tại|của|kèm|từ|về|về việc|công văn|văn|bản|quyết định|nghị|thông báo|tờ trình|ý kiến|kết|phiếu|"
    r"đã|được|ban hành|kỳ|phiên|họp|hội nghị|trước|đến|tới|sau|lễ|sự|danh sách|lịch|dự)\b)[^\s\d,;.:()]+){1,8}"
    r" (?:vào )?ngày $"
)
# "Báo cáo … tại giao ban ngày 08/6": the meeting ahead at which it has to be there.
AT_MEETING = pattern(
    r"(?<!đã\s)(?<!được\s)\b(?:báo cáo|trình)\b(?![^,;.]*\b(?:kết luận|chỉ đạo|ý kiến|thống nhất|của|theo|đã|được)\b)"
    r"[^;.:]{0,80}?"
    r"\btại (?:các )?(?:buổi |cuộc )?(?:phiên họp|kỳ họp|giao ban|hội nghị|họp)(?: [^\s\d,;.:()]+){0,4} $"
)
# "…; báo cáo kết quả cuối tháng 4/2027", "bản nháp cuối tuần này gửi tôi xem".
REPORTED = pattern(r"(?:^\s*|[,;:] |\bvà )báo cáo(?: kết quả)? $")
SENT = pattern(r"(?:^|[,;:] )\W*(?:trình|gửi|nộp|báo cáo|hoàn thành|hoàn tất)\b[^,;]*(?<!từ)(?<!tại)\s$")
THEN_SENT = pattern(r"\s*,?\s*(?:gửi|nộp|trình|báo cáo)\b")
# "Chuẩn bị nội dung, báo cáo tôi vào sáng thứ Năm tuần này".
BROUGHT = pattern(
    r"(?:^|[,;:] |\bvà )\W*(?:báo cáo|trình|gửi|nộp)\b(?![^,;]{0,120}\b(?:họp|đã|được|tại|của|từ|về việc|kết luận|vụ|"
    r"việc|xảy|diễn|dự|khai mạc|bế mạc)\b)[^,;]{0,120}$"
)
LATE = pattern(r"cuối\b")
# "Phát động vào 29/5", "phấn đấu đạt 99% vào cuối năm": what the task itself is, in its last clause.
ACTS_THEN = pattern(
    rf"(?:^|[,;:] )[\W\d_]*(?:(?:khẩn trương|tập trung|chủ động|phấn đấu|tổ chức) )*(?:{FINISH}|{REPORT}|đạt|phát động|"
    r"nghiệm thu|cập nhật|công khai|công bố|tổng kết|sơ kết|đối chiếu|ra mắt|vận hành|niêm yết|lắp đặt|kiểm tra|"
    r"rà soát|nhập|đăng|chốt|chi trả|giải ngân)\b(?![^,;]*\b(?:đã|được|diễn ra|phát sinh|xảy ra|khánh thành|"
    r"khai trương|khai mạc|mở cửa|bắt đầu|hoạt động|tổ chức|hiệu lực|sẽ)\b)[^,;]*$"
)
ORDERED = pattern(
    r"^[\W\d_]*(?:[a-zđ]\)\s*)?(?:tổ chức|ban hành|xây dựng|tham mưu|trình|rà soát|kiểm tra|tổng hợp|mua sắm|báo cáo|"
    r"đề xuất|tập huấn|khảo sát|mở lớp|khai giảng lớp)\b"
)
REACHED = pattern(r"[^.;]{0,60}\b(?:(?:mới|đã|chỉ|toàn \w+) (?:đạt|có|được|hoàn thành)\b|đạt \d)")
