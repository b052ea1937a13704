"""The wordings by which officers acknowledge, report, ask for time, decline and ask."""

from __future__ import annotations

from domain.replies.units import NAME
from domain.replies.words import before, one_of

_WE = r"(?: (?:em|anh|chị|mình|tôi|chúng tôi|chúng em|bên em|bên mình|phòng em|phòng|xã|phường|đơn vị|sở|ban|huyện|phép|lãnh đạo|văn phòng|ubnd|thêm|được|giúp|lại))*"
_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|vài|mấy|ít|nửa)"
_SPAN = r"(?:ngày|hôm|tuần|tháng|bữa|buổi|quý|năm)"

# -- more time ----------------------------------------------------------------------------------------------------
_LATER = (
    r"(?:gia hạn|ra hạn|lùi|dời|hoãn|khất|kéo dài|giãn|nới|delay|(?:nộp|gửi|báo cáo|trả|làm|hoàn thành) (?:muộn|chậm|trễ)|chậm lại"
    r"|(?:điều chỉnh|thay đổi|đổi|chuyển) (?:lại )?(?:thời )?(?:hạn|gian|thời điểm)|thêm (?:ít |chút |một chút |tí )?(?:thời gian|thời hạn|hạn|thì giờ|tg|tgian))"
)
EXTENSION = one_of(
    rf"(?:xin|cho|đề nghị|đề xuất|kính đề nghị|mong|nhờ|giúp|kiến nghị|muốn|đăng ký){_WE}(?: được| phép| cho| xin| đề nghị| đề xuất)*{_WE} {_LATER}",
    rf"(?:xin|cho|để|đề nghị){_WE}(?: xin| cho)?{_WE} {_COUNT} (?:{_COUNT} )?{_SPAN}(?! nào)",
    rf"(?:xin|cho|để|cho phép){_WE}(?: xin)?(?: thêm| lại)? (?:đến|tới|sang|qua) (?:\d+|hết|cuối|đầu|giữa|ngày|thứ|tuần|tháng|quý|mai|chiều|sáng|hôm|t\d|mùng|cn|năm|mốt|kia)",
    rf"^(?:thì |vậy )?(?:gia hạn|lùi|khất|dời|hoãn)(?: lại| hạn| thời hạn| thời gian)?(?: giúp| cho| hộ| đến| tới| sang| thêm| \d+)",
    rf"{_LATER} (?:\w+ )?cho (?:em|phòng|xã|mình|bên em|bên mình|đơn vị|chúng tôi|tôi)",
    rf"(?:xin|cho em|cho phòng|cho xã) (?:chậm|trễ|muộn|khất)",
)
EXTENSION_NOT = one_of(
    r"(?:không|chưa|khỏi|đừng)(?: \w+)? (?:xin |cần |phải |đề nghị |muốn )*(?:gia hạn|lùi|thêm thời gian|dời|hoãn|khất)",
    r"đã (?:được |xin |duyệt |cho )*(?:gia hạn|lùi hạn|lùi)|^(?:em |phòng |xã )?được (?:duyệt |cho )?(?:gia hạn|lùi)|duyệt gia hạn",
    r"gia hạn (?:thì |phải )?(?:làm )?(?:thế nào|như nào|ra sao|ở đâu|cho ai|với ai)",
)

# -- wrong unit ---------------------------------------------------------------------------------------------------
_TASK = r"(?:việc|nhiệm vụ|cái|mảng|nội dung|lĩnh vực|vấn đề|chỉ đạo|văn bản|đầu việc|vụ)"
_MOVED = r"(?! (?:tiền|kinh phí|vốn|hồ sơ|hs|số liệu|mặt bằng|đất))"
DECLINE = one_of(
    r"không (?:phải )?(?:thuộc|đúng) (?:thẩm quyền|chức năng|trách nhiệm|phạm vi|nhiệm vụ|địa bàn|lĩnh vực|đơn vị|phòng|bên|xã|phường|cơ quan|địa chỉ|người|chỗ|quyền|mảng|ngành|sở|ban|em|mình)",
    r"(?:giao|gửi|chuyển|phân công|gán|phân) (?:\w+ )?(?:nhầm|sai|lộn)(?! (?:nhóm|file|tin|ảnh|link|số|văn bản))",
    r"(?:nhầm|sai|lộn) (?:đơn vị|địa chỉ|phòng|cơ quan|xã|phường|chỗ|người)",
    r"không phải (?:là )?(?:(?:việc|nhiệm vụ|trách nhiệm|chức năng|mảng|phần)(?: của)?|của|bên|phòng|đơn vị|chúng tôi|xã|phường|sở|em|mình|ban)(?! (?:gia hạn|lùi))",
    rf"{_TASK} (?:này |đó |đây |trên )?(?:là )?(?:việc |nhiệm vụ |trách nhiệm |thẩm quyền )?(?:của|thuộc|bên|do|là của|thuộc về|thuộc thẩm quyền|thuộc chức năng)(?: của)? {NAME}",
    rf"{_TASK} (?:này |đó |đây |trên )(?:là )?{NAME}",
    rf"^(?:là |thì )?(?:của|thuộc|thuộc về|việc của|trách nhiệm của) {NAME}",
    rf"(?:trách nhiệm|thẩm quyền|chức năng)(?: này)? (?:thuộc về|thuộc|của|là của|bên) {NAME}",
    rf"(?:đề nghị|xin|nên|kính đề nghị|mong|nhờ|phải|đề xuất|kiến nghị)(?: \w+){{0,3}}? (?:chuyển|giao)(?: lại| trả)?{_MOVED}(?: \w+){{0,3}}? (?:cho |sang |về |qua |tới )?{NAME}",
    rf"(?:do|là|chủ trì là|đầu mối là) {NAME}.* (?:chủ trì|phụ trách|đảm nhận|chịu trách nhiệm)",
    rf"(?:chủ trì|đầu mối) (?:là|phải là|thuộc) {NAME}",
    rf"{NAME}[^,]* (?:phụ trách|chủ trì|đảm nhận|mới đúng)",
    r"không (?:phụ trách|chủ trì|đảm nhận|có chức năng|quản lý|theo dõi|làm|nhận) (?:mảng|việc|lĩnh vực|nội dung|nhiệm vụ)",
    r"(?:bên|phòng|đơn vị|xã|em|mình)(?: em| mình)? không (?:phụ trách|chủ trì|đảm nhận|quản lý|có thẩm quyền|có chức năng)",
    r"không liên quan (?:đến|tới|gì)",
    r"(?:xin )?từ chối",
    r"không (?:có )?thẩm quyền",
)
DECLINE_NOT = one_of(r"(?:đã|vừa|mới|đang) (?:\w+ )?(?:chuyển|giao)", r"(?:đang |còn )?chờ", r"nhắn nhầm", r"hồ sơ thuộc")

# -- questions ----------------------------------------------------------------------------------------------------
_TAIL = r"(?: ạ| a| anh| chị| vậy| thế| nhỉ| nhé| em| ta| đây| ơi| hả| các)*"
ASKING = one_of(
    r"bao giờ|khi nào|hôm nào|ngày nào|lúc nào|tuần nào|tháng nào|mấy (?:giờ|lần|ngày|hôm|bản|bộ)|ngày mấy|(?:đến|tới) đâu(?: rồi)?|bao nhiêu|bao lâu|ở đâu|vào đâu|qua đâu|(?:gửi|đi|từ|lấy|nộp|chỗ)(?: \w+)? đâu",
    rf"(?:cho|với|là|gặp|hỏi|gửi|do|của|từ) ai{_TAIL}|^ai(?: là)?",
    rf"(?:là|làm|những|cần|có|gửi|gồm|nội dung|việc|thêm) gì{_TAIL}|gì (?:vậy|thế|ạ|nhỉ|hả)",
    r"như thế nào|thế nào|như nào|kiểu gì|làm sao|ra sao|tại sao|vì sao|sao (?:lại|không|phải)|ntn",
    rf"(?:nào|hả|nhỉ|hử|hở){_TAIL}$",
    r"(?:nào|phòng nào|đơn vị nào|mẫu nào|văn bản nào) (?:chủ trì|phối hợp|phụ trách|vậy|thế|ạ|a)",
    rf"(?:phải|đúng|được|có|cần)(?: \w+)? không{_TAIL}$",
    r"có phải|có cần|phải chăng|liệu có|(?:cho|xin|em)(?: \w+)? hỏi|xin phép hỏi|hỏi (?:chút|tí|cái|là)",
    rf"(?:đã|xong|được|duyệt|có|nhận|ký)(?: \w+){{0,5}} chưa{_TAIL}$",
    r"(?:cho|xin)(?: \w+){0,2} (?:xin |lại )*(?:file|mẫu|văn bản|biểu mẫu|bản mềm|số điện thoại|sđt|link|hướng dẫn|danh sách)(?! \w+ thời gian)",
)
ASKED_YES_NO = one_of(rf"(?:không|chưa|à|hả){_TAIL}\s*$", r"hay (?:là|gửi|phải|không|chỉ)", r"có được|có cần|có phải")
ASKING_NOT = one_of(
    r"(?:không|chưa|chả|chẳng) (?:biết|rõ|chắc)(?: là)? (?:\w+ ){0,2}(?:bao giờ|khi nào|ngày nào|thế nào|nào|ra sao|ai)",
    r"(?:khi nào|bao giờ|lúc nào|hôm nào)(?: \w+){0,4} (?:em|sẽ|thì|mình|phòng|tôi|xã)(?: \w+){0,2} (?:báo|gửi|nộp|nhắn|thông báo|bc)",
    r"hoàn thành sao được|sao (?:mà )?(?:được|kịp|xong)",
)
POLITE = one_of(rf"(?:được|đc) (?:không|hem|ko){_TAIL}\s*$", r"(?:được|đồng ý|ok) chứ", r"(?:có thể|cho)(?: \w+){0,9} (?:đến|tới|sang|thêm) .*\d.* không")

# -- finished -----------------------------------------------------------------------------------------------------
FINISHED = one_of(
    r"xong xuôi|xong|hoàn thành|hoàn tất|dứt điểm|kết thúc|done|htat|hthanh|h\.thành|ht rồi|đã ht|hoàn thiện xong|về đích|hoàn thnàh|hoàn thàn|hòan thành|xog|xonh|xomg"
)
NOT_FINISHED = before(
    r"(?:chưa|không|khó|chẳng|chả|đâu có|chưa thể|không thể|không kịp)(?: \w+){0,3}",
)
UNFINISHED_AFTER = one_of(r"(?:thế )?(?:nào )?được(?: đâu)?|sao được|đâu")
FUTURE = before(
    r"(?:sẽ|dự kiến|dự tính|phấn đấu|cố gắng|cố|quyết tâm|cam kết|hẹn|sắp|gần|gần như|hầu như|cơ bản|tương đối|đang|tiếp tục|cần|phải|để|khi|khi nào|bao giờ|nếu|đến khi"
    r"|chắc|chuẩn bị|kế hoạch|đảm bảo|bảo đảm|hứa|tạm|coi như sắp|yêu cầu|theo dõi|đôn đốc|thời hạn|hạn|tiến độ|chờ|đợi|mong|hi vọng|hy vọng|lo)(?: \w+){0,4}",
    r"(?:nữa|ký|duyệt|còn(?: \w+){1,4}) (?:là|thì|mới)",
)
DAY_AHEAD = one_of(
    r"(?:ngày )?mai|chiều nay|tối nay|trưa nay|ngày kia|ngày mốt|(?:tuần|tháng|quý|năm) (?:sau|tới)|cuối (?:tuần|tháng|quý|năm|ngày|giờ)|đầu (?:tuần|tháng|năm)|sang tuần"
    r"|(?:trong|hết) (?:tuần|tháng|hôm nay|sáng|chiều|ngày|quý|năm|vài)|(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|chủ nhật|cn)|(?:ngày |trước )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|lát nữa|tí nữa|đến cuối|vài (?:hôm|ngày) nữa|\d+ (?:ngày|hôm|tuần) nữa|tuần này"
)
DAY_BEHIND = one_of(r"(?:hôm qua|hôm kia|hôm trước|(?:tuần|tháng) (?:trước|rồi|vừa rồi)|sáng nay|vừa|vừa mới|lâu rồi|từ (?:hôm|tuần|tháng|thứ|ngày|đầu|sáng))")
SURELY_DONE = one_of(r"đã|rồi|vừa|hết rồi|luôn rồi")
PARTLY_AFTER = one_of(
    r"\s*(?:được |xong |khoảng |tầm |cỡ |hơn |gần |rồi |việc |về |mỗi )*(?:một phần|phần|bước|khâu|giai đoạn|gđ|đợt|cơ bản|đề cương|khảo sát|một nửa|nửa|một số|vài|mấy|dự thảo|bản thảo|sơ bộ|vòng|nội dung \d"
    r"|bản nháp|cái khung|móng|thô|lần 1|phía|kịch bản|công đoạn|hồ sơ mời thầu|việc lấy ý kiến|ý kiến|\d+ (?:xã|thôn|trường|hộ|hồ sơ|km|nội dung|điểm|phòng|bản|tuyến|hạng mục|lớp|nhà|cầu|đoạn|thửa|việc))",
)
PARTLY_BEFORE = before(
    r"(?:dự thảo|bản thảo|khảo sát|đề cương|họp|làm việc|trình ký|trình|thẩm định|chuẩn bị|lấy ý kiến|kiểm đếm|đo|đo đạc|thủ tục|móng|phần thô|soạn|viết|phân công|cơ bản|về cơ bản|mới|chỉ mới|chỉ|bước \d|giai đoạn \d|đợt \d|một phần|phần \w+)(?: \w+){0,4}",
)
PARTLY_END = one_of(r"trừ|ngoại trừ|nốt|cơ bản|về cơ bản|phần lớn|đa số|tương đối|nốt phần|sẽ (?:báo|gửi)|(?:em|mình|phòng|tôi) (?:sẽ )?(?:báo|gửi báo cáo|gửi|nộp|bc)(?! cáo (?:anh|chị|là))|báo sau|mới (?:báo|gửi|tính)")
HANDED_IN = one_of(
    r"(?:đã|vừa|mới|vừa mới)(?: \w+){0,3}? (?:gửi|nộp|ban hành|ký ban hành|báo cáo|xử lý|giải quyết|khắc phục|bàn giao|nghiệm thu|trả lời|thực hiện|đăng tải|đăng|tải lên|up|cập nhật|phát hành|tổ chức|ra quyết định|bc|trình báo cáo|thực hiện)",
    r"(?:gửi|nộp|ban hành|up|báo cáo|bc|phát hành|xử lý|làm|khắc phục)(?: \w+){0,6} rồi",
    r"đã có quyết định",
)

# -- under way ----------------------------------------------------------------------------------------------------
UNDER_WAY = one_of(
    r"đang|đương|tiếp tục|sắp|gần xong|cơ bản|bắt đầu|khởi công|triển khai|thi công|tiến độ|lấy ý kiến|trình|chờ|đợi|rà soát|tổng hợp|dự kiến|phấn đấu|hoàn thiện|soạn|dự thảo"
    r"|đúng kế hoạch|theo kế hoạch|chạy nốt|làm nốt|mới làm|mới được|khảo sát|kiểm đếm|tình hình|tiến triển|còn(?: lại)? \w+|làm được|làm đc|thẩm định|phối hợp|tham mưu|phân công|đôn đốc|(?:gửi|nộp) (?:anh|chị|ảnh|biên bản|file|văn phòng)",
    r"(?:đã|vừa|mới|vừa mới) (?!nhận|rõ|xem|đọc|biết|nắm|hiểu|tiếp)\w+",
    r"sẽ (?:hoàn thành|xong|nộp|gửi|có)|(?:em|mình|phòng|xã|tôi) (?:sẽ )?(?:nộp|gửi)",
)
NOT_YET = one_of(r"chưa(?: \w+){0,3} (?:xong|hoàn thành|được|làm|triển khai|thực hiện|bắt đầu|ký|gì|tổng hợp|báo cáo)|chưa\s*$|chưa đâu|chưa ạ|chưa anh|chưa (?:đạt|đến|tới|được)|không kịp|chậm|quên|trễ")

# -- difficulties -------------------------------------------------------------------------------------------------
_NEG = r"(?:không|chưa|hết|chẳng|chả|ko|khỏi|đã gỡ|tháo gỡ|đã tháo gỡ|gỡ được|giải quyết|xử lý|đã giải quyết|đã xử lý)"
NO_DIFFICULTY = one_of(
    rf"{_NEG}(?: \w+){{0,3}}? (?:vướng mắc|vướng|khó khăn|trở ngại|tồn tại|bất cập|phát sinh|vấn đề)(?: gì)?",
    r"(?:vướng mắc|vướng|khó khăn|trở ngại)(?: \w+){0,3} (?:đã|nay|giờ)(?: \w+){0,3} (?:gỡ|tháo|hết|xong|giải quyết)",
    r"(?:thời tiết|mọi việc|mọi thứ) (?:thuận lợi|ổn|tốt)|(?:đã )?gỡ được|tháo gỡ (?:xong|được)|trước (?:có |bị |còn )?(?:vướng|khó)|đã hết",
)
DIFFICULTY = one_of(
    r"vướng mắc|vướng|vuớng|vương gpmb|mắc (?:ở|chỗ|khâu)|khó khăn|khó(?! tính)|trở ngại|bất cập|ách tắc|ùn tắc|tắc|bị tắc|kẹt|bế tắc",
    r"thiếu(?! nhi)|không đủ|chưa đủ|hết (?:kinh phí|tiền|vốn)|không có(?! (?:gì|vấn đề|ý kiến|phát sinh))|chẳng có|chưa có(?! (?:gì|vấn đề|ý kiến gì|phát sinh|tiến triển|biên bản|kết quả|xong))",
    r"chưa (?:bố trí|đồng ý|thống nhất|đồng thuận|phối hợp|phê duyệt|được (?:phê duyệt|bố trí|cấp|giao|duyệt|giải ngân|phân bổ|thẩm định|chấp thuận)|duyệt|cấp|giải ngân|bàn giao|thẩm định|gửi số liệu|nhận được|cung cấp|chịu|nhận tiền|di dời|gửi|nộp|trả lời|tháo gỡ|hướng dẫn|rõ)",
    r"không (?:phối hợp|đồng ý|chịu|liên hệ được|hợp tác|đồng thuận|nhận được|vào được|làm được|thực hiện được|thể (?:làm|thực hiện|triển khai)|đăng nhập được|truy cập được|ký|bàn giao|nhận tiền|nhận đền bù|hợp lệ)",
    r"(?:nhân sự|người|lực lượng) (?:quá )?mỏng|không xuể|quá sức|(?:vốn|tiền|kinh phí) chưa (?:về|được|có)|mất (?:điện|mạng|sóng)|chưa (?:tìm|kiếm) (?:được|ra)|chưa hiểu|bỏ cuộc|neo người",
    r"(?:đề nghị|kiến nghị|đề xuất|nhờ|mong|xin)(?: \w+){0,8} (?:hỗ trợ|can thiệp|chỉ đạo|sớm|cho ý kiến|tháo gỡ|xem xét|bố trí|cấp|tác động|đôn đốc|quan tâm)",
    r"bị (?:lỗi|trả|hỏng|ốm|dừng|đình chỉ|chậm|hoãn|mất|sạt|ngập|từ chối|hư|treo|vướng|cắt|phản đối|chồng)",
    r"khiếu (?:nại|kiện)|tranh chấp|lấn chiếm|chồng lấn|cản trở|phản đối|mưa(?: \w+)? (?:suốt|to|nhiều|lũ|bão|liên tục|lớn|kéo dài|dầm)|mưa bão|mưa lũ|bão lũ|bão số|cơn bão|lũ lụt|lũ quét|sạt lở|ngập|thời tiết xấu|quá tải|hỏng|nghỉ ốm|bỏ dở|giá (?:\w+ ){1,3}tăng|nhà thầu (?:chậm|bỏ|yếu)|chậm (?:do|vì|huy động|bàn giao|cấp|giải ngân|trả lời|cung cấp)",
    r"(?:chưa|không) (?:\w+ ){0,4}(?:do|vì|bởi|tại|nên|vì vậy) ",
    r"(?:nên|vì vậy|do đó|cho nên)(?: \w+){0,3} (?:chưa|không|chậm)|(?:chưa|không)(?: \w+){1,4} được (?:do|vì|bởi)|(?:do|vì)(?: \w+){1,8} nên (?:chưa|không|chậm)|không kịp rồi|xử lý chưa được|chưa (?:xử lý|sửa|đo đạc|khắc phục|thực hiện|giải quyết|vào|triển khai|bồi thường) được",
)

# -- acknowledgement ----------------------------------------------------------------------------------------------
_GOODS = r"(?! (?:\w+ )?(?:tiền|đền bù|bồi thường|kinh phí|bàn giao|hỗ trợ|quà|mặt bằng|hồ sơ|ý kiến|công văn trả lời))"
ACKNOWLEDGED = one_of(
    rf"(?:đã|em|mình|phòng|tôi|xã|xin|bên em|vừa|dạ|vâng|ok|cảm ơn)(?: \w+)? nhận(?: được| đủ)?{_GOODS}|^nhận(?: được| rồi| đủ| ạ| a| nhiệm vụ| việc| chỉ đạo| lệnh| văn bản)|^nhận",
    r"(?:đã |nghe |em |mình )?(?:rõ|nắm|hiểu)(?: rồi| ạ| a| ý| được| nội dung)*|đã (?:xem|đọc|biết|tiếp nhận|tiếp thu|ghi nhận|nắm)|tiếp nhận|tiếp thu|ghi nhận|biết rồi|nhớ rồi",
    r"o+k+|oke+|oki+e?|okay|okê|okela|uki|vâng|vang|dạ (?:vâng|em|anh|chị|ạ|rõ|được)|^dạ\s*$|ừ|ừm|uh|uhm|uk|yes|roger|nhất trí|đồng ý|tuân lệnh|chấp hành|noted|oke la|đc ạ|được ạ|để (?:em|mình|tôi|phòng|xã|anh)|(?:em|mình|phòng|xã) (?:sẽ )?(?:làm ngay|triển khai ngay|làm luôn|triển khai luôn)",
    r"(?:báo cáo|bc|báo) sau|sẽ(?: \w+){0,3} (?:báo cáo|báo|làm|triển khai|thực hiện|tham mưu|cho|chỉ đạo|phân công|giao|cố gắng|xử lý|kiểm tra|xem|rà soát|nghiên cứu)",
)
THUMBS = ("👍", "👌", "🫡", "✅", "🆗", "🙏", "💪", "❤", ":+1:", "(y)")
SMALL_TALK = one_of(
    r"chúc|sinh nhật|vui vẻ|cảm ơn|cám ơn|cảm on|tks|thanks|thank|xin lỗi|sorry|ăn (?:trưa|tối|sáng|cơm|không|gì)|cà phê|cafe|cf|nhậu|bia|bóng đá|đá bóng|quỹ công đoàn|alo|hello|hi|hihi|haha|chào|test|nhắn nhầm|nhầm nhóm"
    r"|link họp|số điện thoại|giao ban|thời tiết|trời|cẩn thận|mọi người|các đồng chí|cả nhà|ngủ ngon"
)
GREETING = one_of(r"(?:kính |xin |em |thưa )*(?:chào|gửi|thưa)(?: \w+){0,4}|cảm ơn(?: \w+){0,5}|trân trọng|báo cáo(?: anh| chị| lãnh đạo| văn phòng)?|alo(?: \w+)?")
REASON = one_of(r"(?:vì|do|bởi vì|bởi|tại vì|tại|lý do(?: là)?|lí do|nguyên nhân)(?: là)?\s*:?\s*")
SO = one_of(r"(?:nên|vì vậy|do đó|cho nên|vì thế)")
SURELY_GOING = one_of(r"đang|sắp|(?:đã|vừa|mới) (?!nhận|rõ|xem|đọc|biết|nắm|hiểu|tiếp|ghi|nghe|giao cho)\w+|chưa|còn")
REMAINING = one_of(r"còn|chờ|đợi|đang|trình|chưa|mới|nốt")
DENIED_UNIT = one_of(rf"không (?:phải|thuộc|đúng)(?: \w+){{0,5}}? {NAME}\w*")
STATED = one_of(r"đã|rồi|đang|được|xin|nhé|em|phòng|xong")
NEAR_WHOLE = before(r"(?:gần|gần như|chưa|chưa đạt|chưa được|chưa đến|xấp xỉ|không|phấn đấu|sẽ|cần|phải|để|mục tiêu|dự kiến|cố gắng)(?: \w+){0,3}")
SOME_OF_IT = one_of(r"một phần|được ít|được tí|một ít|chút ít|sơ bộ|dự thảo")
ASKED_OPENING = one_of(r"(?:phải|vậy|thế|hay|có|liệu|ủa|ơ)(?! rồi)")
ASKED_CLOSE = one_of(r"(?:vậy|thế|hả|nhỉ|à)(?: ạ| anh| chị| em)*\s*$")
NOT_HEARD = before(r"(?:chưa|không)(?: \w+){0,2}")
