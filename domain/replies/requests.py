"""The wordings by which officers ask: for more time, for another unit, for an answer."""

from __future__ import annotations

import re

from domain.replies.units import NAME
from domain.replies.words import one_of

# More time.
_WE = (
    r"(?: (?:em|anh|chị|mình|tôi|chúng tôi|chúng em|bên em|bên mình|phòng em|phòng|xã|phường|đơn vị|sở"
    r"|ban|huyện|phép|lãnh đạo|văn phòng|ubnd|thêm|được|giúp|lại|làm|nộp|thực hiện)){0,6}"
)
_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|lăm|mốt|tư|dăm|vài|mấy|ít|nửa)"
_SPAN = r"(?:ngày|hôm|tuần|tháng|bữa|buổi|quý|năm)"
_LATER = (
    r"(?:gia hạn|giahạn|g hạn|ghạn|ra hạn|tạm hoãn|tạm lùi|thong thả|lùi|dời|hoãn|khất|kéo dài|giãn"
    r"|nới(?= (?:hạn|thời|thêm|cho|ra|đến|tới|rộng))|delay"
    r"|(?:nộp|gửi|báo cáo|trả|làm"
    r"|hoàn thành) (?:muộn|chậm|trễ|sau (?:hạn|ngày|\d+))|chậm lại"
    r"|(?:điều chỉnh|thay đổi|đổi|chuyển) (?:lại )?(?:thời )?(?:hạn|gian|thời điểm|tiến độ|kế hoạch)|thêm (?:ít "
    r"|chút "
    r"|một chút |tí )?(?:thời gian|thời hạn|hạn|thì giờ|tg|tgian))"
)
_WHEN = (
    r"(?:(?:sáng |chiều |tối |trưa )?(?:ngày )?(?:mai|mốt|kia)"
    r"|(?:qua|sau|ra|hết) (?:tết|lễ|giêng|rằm)(?: dương| tây| ta)?|sang (?:tuần|tháng|quý|năm)(?: sau| tới)?"
    r"|(?:sáng |chiều )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|chủ nhật|cn)(?: tuần (?:này|sau|tới)| này| tới)?"
    r"|(?:đầu |giữa |cuối )?(?:tuần|tháng|quý) (?:này|sau|tới)"
    r"|(?:đầu |giữa |cuối )(?:tuần|tháng|quý|năm)(?: \d+)?|(?:hôm |ngày )?\d{1,2}/\d{1,2}|(?:hôm |ngày |mùng )\d{1,2}"
    rf"|(?:{_COUNT} )?{_COUNT} {_SPAN} nữa)"
)
EXTENSION = one_of(
    rf"^(?:thì |vậy |hay |hay là |anh |chị |sếp |ơi |dạ |để |cho |đến |tới |sang )*{_WHEN}"
    r"(?: (?:em|phòng|xã|mình|bên em))?(?: xin| mới)? (?:nộp|gửi|báo cáo|bc|trả|trình|xong|hoàn thành|làm|báo|có)"
    r"(?: \w+){0,4} (?:được|đc)(?: \w+)? (?:không|chứ)",
    rf"^(?:thì |vậy |anh |chị |dạ |chắc |phải |đến |tới )*{_WHEN} (?:em |phòng |xã |mình |bên em )?mới(?: có thể)?"
    r" (?:nộp|gửi|báo cáo|trình|xong|hoàn thành|làm|có)(?: \w+){0,3} (?:được|đc|nổi|kịp)",
    rf"^(?:thì |vậy |hay |anh |chị |dạ |thôi |để |đến |tới )*{_WHEN}(?: \d+)?(?: (?:em|phòng|xã|mình))?"
    r" (?:được không|đc không|được chứ|nhé|nha)(?: ạ| anh| chị| sếp| em)*\s*$",
    rf"^(?:dạ |vâng |em |xin |cho |em )*thêm (?:khoảng |tầm |độ |chừng )?{_COUNT} (?:{_COUNT} )?{_SPAN}(?: nữa)?"
    r"(?: ạ| anh| chị| nhé| nha| với| thôi| được không)*\s*$",
    r"(?:cho|xin)(?: (?:em|phòng|xã|mình|đơn vị|bên em|chúng tôi))(?: thêm| xin)? hết (?:tuần|tháng|quý|năm|ngày"
    r"|hôm nay|mai)",
    r"^(?:có )?(?:được|đc) (?:lùi )?(?:đến|tới|sang) (?:ngày |hôm )?(?:\d|thứ|cuối|đầu|hết|tuần"
    r"|tháng)(?:\S*)(?: \S+){0,3} không",
    rf"xin (?:anh|chị|sếp) {_WHEN} (?:em |phòng |xã )?(?:nộp|gửi|báo cáo|trình|xong)",
    rf"^(?:thì |vậy |anh |chị |dạ |thôi )*{_COUNT} (?:{_COUNT} )?{_SPAN} nữa (?:nhé|nha|đi|được không|đc không)",
    r"(?:xin|cho (?:em|phòng|xã|bên em|mình|đơn vị))(?: xin)? (?:đến |tới |ngày |hôm )*\d{1,2}[/.-]\d{1,2}"
    r"(?: nhé| ạ| nha| được không| anh| chị)*\s*$",
    rf"^(?:thì |vậy |anh |chị |dạ |thôi |để |đến )*{_WHEN} (?:em |phòng |xã |mình |bên em )?(?:xin )?(?:nộp|gửi"
    r"|báo cáo) bù(?! (?:\w+ )?(?:rồi|xong))",
    rf"xin phép (?:anh |chị |cho |được |em |phòng |xã )*{_WHEN} (?:em |phòng |xã |mình )?(?:nộp|gửi|báo cáo"
    r"|trình|xong)",
    rf"(?:chắc |có lẽ )?phải (?:đến |tới |sang )?{_WHEN} (?:em |phòng |xã |mình )?mới",
    rf"(?:xin|cho em|cho phòng|cho xã)(?: em| phép)? nợ|thêm cho (?:em|phòng|xã|mình) {_COUNT} {_SPAN}|^(?:hôm "
    rf"|ngày |thứ )?\d{{1,2}}(?:[/.-]\d{{1,2}})? (?:được|đc) (?:không|chứ)"
    rf"|(?:đến|tới|phải)(?: \S+){{1,3}} (?:em |phòng |xã )?mới (?:xong|kịp|nộp|gửi|có) được|để em thêm",
    r"(?:cho|xin)(?: phép)?(?: cho)?(?: (?:em|phòng|xã|mình|đơn vị|bên em))? (?:chậm|trễ|muộn)"
    r"|thêm thời gian (?:giúp|cho|với)|xin gh|gia hạn (?:đi|giúp|cho|nhé|với)",
    rf"^(?:em |cho em |phòng )?(?:nộp|gửi|báo cáo) (?:muộn|chậm|trễ) {_COUNT} {_SPAN}|^(?:đến|tới"
    rf"|sang) (?:\S+ ){{1,4}}(?:được|có được|đc) (?:không|chứ)",
    r"cho (?:em|phòng|xã|bên em|mình|đơn vị)(?: xin)? (?:nộp|gửi|báo cáo|trả|hoàn thành) (?:vào |trong |sau "
    r"|trước |sáng |chiều |trưa |tối )*(?:ngày \d|tết|lễ|thứ|tuần sau|tháng sau|mai|đầu|cuối|sang|\d{1,2}/"
    r"|\d{1,2}(?:h|g| giờ))",
    r"(?:đổi|chuyển|dời) (?:lại )?(?:thời )?hạn(?: \w+){0,3} (?:sang|đến|tới|thành)",
    r"(?:xin|cho|để)(?: (?:em|phòng|xã|mình|đơn vị|bên em))?(?: xin)? (?:đến|tới) \d{1,2}\s*(?:h|giờ)",
    rf"(?:xin|cho|đề nghị|đề xuất|kính đề nghị|mong|nhờ|giúp|kiến nghị|muốn|đăng ký){_WE}(?: được| phép"
    rf"| cho| xin| đề nghị| đề xuất){{0,2}}{_WE} {_LATER}",
    rf"(?:xin|cho|để|đề nghị){_WE}(?: xin| cho)?{_WE}(?: khoảng| tầm| độ| chừng)?"
    rf" {_COUNT} (?:{_COUNT} )?{_SPAN}(?! nào)",
    rf"(?:xin|cho|để|cho phép){_WE}(?: xin)?(?: thêm| lại)? (?:đến|tới|sang|qua) (?:\d+(?:h|g)?|hết|cuối"
    rf"|đầu|giữa|chủ nhật|trưa|tối|giờ|ra"
    rf"|sau|noel|rằm"
    rf"|ngày|thứ|tuần|tháng|quý|mai|chiều|sáng|hôm|t\d|mùng|cn|năm|mốt|kia)",
    r"^(?:thì |vậy )?(?:gia hạn|lùi|khất|dời|hoãn)(?: lại| hạn| thời hạn| thời gian)?(?: giúp| cho| hộ"
    r"| đến| tới| sang| thêm| \d+)",
    rf"(?:có |được |có được |muốn ){_LATER} (?:đến|tới|sang|thêm)",
    rf"(?:dời|lùi|hoãn|khất|đẩy lùi)(?: lại| hạn)? (?:ngày|đến|tới|sang|thứ|anh|chị|em|{_COUNT} {_SPAN})",
    rf"(?:cần|phải có|phải xin|xin) thêm (?:{_COUNT} {_SPAN}|thời gian|tg|hạn)",
    r"^gia hạn(?: thêm)?(?: ạ| anh| nhé)*\s*$",
    rf"{_LATER} (?:\w+ )?cho (?:em|phòng|xã|mình|bên em|bên mình|đơn vị|chúng tôi|tôi)",
    r"(?:xin|cho em|cho phòng|cho xã) (?:chậm|trễ|muộn|khất)",
    r"(?:xin|cho em)(?: phép)? (?:ngày )?\d{1,2}[/-]\d{1,2} (?:nộp|gửi|báo cáo|trả|xong)",
    r"cho (?:em|phòng|xã|bên em|mình|đơn vị)(?: xin)? (?:sáng |chiều |đến )?(?:mai|mốt|ngày kia|thứ \w+|tuần sau"
    r"|tháng sau|\d{1,2}/\d{1,2})"
    r"(?: \w+)? (?:nộp|gửi|báo cáo|trả|xong|làm)",
    r"xin (?:phép )?(?:được |đc )?(?:nộp|gửi|báo cáo|hoàn thành|trả) (?:vào |trong |sau |sáng |chiều |trưa |tối )*"
    r"(?:ngày \d|tết|lễ|thứ|tuần sau"
    r"|tháng sau|mai|đầu|cuối|sang|\d{1,2}/)",
    rf"(?:chậm|trễ|muộn|lùi|thêm) {_COUNT} (?:{_COUNT} )?{_SPAN}(?: \w+){{0,2}} được (?:không|chứ)",
    r"(?:lùi|dời|gia hạn|khất|hoãn) được (?:đến|tới|sang|thêm)",
)
EXTENSION_NOT = one_of(
    r"(?:không|chưa|khỏi|đừng)(?: \w+)? (?:xin |cần |phải |đề nghị |muốn )*(?:gia hạn|lùi|thêm thời gian"
    r"|dời|hoãn|khất)",
    r"đã (?:được |xin |duyệt |cho )*(?:gia hạn|lùi hạn|lùi)|^(?:em |phòng |xã )?được (?:duyệt "
    r"|cho )?(?:gia hạn|lùi)|duyệt gia hạn"
    r"|(?:duyệt|đồng ý|chấp thuận)(?: cho)?(?: em| phòng| xã)? (?:lùi|dời|hoãn|gia hạn)"
    r"(?: [^,;]{1,30})? rồi",
    r"gia hạn (?:thì |phải )?(?:làm )?(?:thế nào|như nào|ra sao|ở đâu|cho ai|với ai)",
)
REASON = one_of(r"(?:vì|do|bởi vì|bởi|tại vì|tại|lý do(?: là)?|lí do|nguyên nhân)(?: là)?\s*:?\s*")
SO = one_of(r"(?:nên|vì vậy|do đó|cho nên|vì thế)")

# Another unit.
_TASK = (
    r"(?:việc|nhiệm vụ|cái|mảng|nội dung|lĩnh vực|vấn đề|chỉ đạo|văn bản|đầu việc|vụ"
    r"|địa bàn|tuyến(?: đường)?|đường|đoạn|khu vực|khu|công trình|dự án)"
)
_MOVED = r"(?! (?:tiền|kinh phí|vốn|hồ sơ|hs|số liệu|mặt bằng|đất))"
DECLINE = one_of(
    r"không (?:được |có )?(?:giao|phân công)(?: ạ| a| anh)*\s*$|không (?:được )?(?:giao|phân công) (?:mảng|lĩnh vực"
    r"|nội dung)|trái (?:chức năng|thẩm quyền)|không dính"
    r"|(?:mảng|việc|cái|lĩnh vực|nội dung) (?:này|đó) (?:phòng |bên |xã |đơn vị )?(?:em |mình |tôi "
    r"|chúng tôi )?không (?:làm|quản|phụ trách|nhận|theo dõi)"
    r"|không phải (?:là )?(?:lĩnh vực|địa bàn|phạm vi|thẩm quyền)|^(?:chắc |hình như |anh |có lẽ "
    r"|giao )*nhầm(?: rồi)?(?: ạ| a| anh| sếp)*\s*$"
    r"|^(?:em |xin )*trả lại(?: văn phòng| ạ| a| anh)*\s*$|^(?:em |phòng |bên em |xin |phép )*không nhận(?: ạ| a| đâu"
    r"| việc này)*\s*$",
    rf"(?:cái|việc|mảng|nội dung|vụ) (?:này|đó) ở {NAME}|^{NAME}(?: \w+)? làm(?: ạ| a| anh| chứ| mà)*\s*$"
    rf"|^kính chuyển {NAME}",
    rf"có phải (?:là )?(?:của|việc|bên|phòng|nhiệm vụ)(?: \w+){{0,3}} đâu|thuộc địa bàn {NAME}"
    rf"|{NAME}[^,]* lo (?:việc|cái|vụ|mảng)",
    r"(?:đề nghị|nhờ|xin|anh)(?: \w+){0,2} (?:phân công|giao|phân) lại(?! (?:thời|hạn|cho em))"
    r"|xem lại(?: \w+){0,2} (?:đơn vị|cơ quan|phòng)(?: chủ trì)?"
    r"|không có (?:nhiệm vụ|chức năng|trách nhiệm) (?:này|đó)|trả lại (?:việc|nhiệm vụ|cho văn phòng)"
    r"|xem lại phân công",
    r"(?:chuyển|giao|phân công)(?: \w+){0,2} (?:đơn vị|cơ quan|phòng|bên) khác|giao(?: cho)? (?:xã|phòng"
    r"|em|bên em) là (?:không đúng|sai)",
    rf"thuộc (?:về )?(?:chức năng|thẩm quyền|trách nhiệm|nhiệm vụ|phạm vi|lĩnh vực)(?: của)? {NAME}",
    r"chỉ (?:là )?(?:đơn vị |cơ quan )?phối hợp(?: thôi)?|^không (?:chủ trì|phụ trách)",
    r"không nằm trong (?:nhiệm vụ|chức năng|thẩm quyền|phạm vi)|sai (?:thẩm quyền|chức năng)"
    r"|làm gì có (?:thẩm quyền|chức năng)",
    r"ngoài (?:thẩm quyền|chức năng|phạm vi|trách nhiệm|nhiệm vụ|địa bàn|khả năng quản lý)|không còn (?:phụ trách"
    r"|quản lý|theo dõi)"
    r"|làm gì có|không liên quan|đâu (?:có )?phải (?:là )?(?:việc|của|phòng|bên|em|xã|mình|nhiệm vụ)|không dính dáng",
    rf"^(?:cái|việc) (?:này|đó) (?:anh |chị )?(?:hỏi|gặp|liên hệ) {NAME}",
    r"chuyển (?:lại |về )?(?:cho )?(?:đúng|lại) (?:đơn vị|phòng|cơ quan|địa chỉ|chỗ|bên)",
    rf"(?:nay|giờ|hiện nay|bây giờ)(?: đã)? (?:chuyển|thuộc|giao|do|bàn giao)(?: về| cho| sang"
    rf"| lại){{0,2}} {NAME}",
    r"không (?:được|có) (?:giao|phân công) (?:việc|nhiệm vụ|phụ trách)",
    r"không (?:phải )?(?:thuộc|đúng) (?:thẩm quyền|chức năng|trách nhiệm|phạm vi|nhiệm vụ|địa bàn"
    r"|lĩnh vực|đơn vị|phòng|bên|xã|phường|cơ quan|địa chỉ|người|chỗ|quyền|mảng|ngành|sở|ban|em|mình"
    r"|đối tượng|diện)",
    r"(?:giao|gửi|chuyển|phân công|gán|phân) (?:\w+ )?(?:nhầm|sai|lộn)(?! (?:nhóm|file|tin|ảnh|link|số"
    r"|văn bản))",
    r"(?:nhầm|sai|lộn) (?:đơn vị|địa chỉ|phòng|cơ quan|xã|phường|chỗ|người)",
    r"không phải (?:là )?(?:(?:việc|nhiệm vụ|trách nhiệm|chức năng|mảng|phần)(?: của)?|của|bên|phòng"
    r"|đơn vị|chúng tôi|xã|phường|sở|em|mình|ban)(?! (?:gia hạn|lùi))",
    rf"{_TASK} (?:này |đó |đây |trên )?(?:là )?(?:việc |nhiệm vụ |trách nhiệm |thẩm quyền )?(?:của|thuộc"
    rf"|bên|do|là của|thuộc về|thuộc thẩm quyền|thuộc chức năng)(?: của)? {NAME}",
    rf"{_TASK} (?:này |đó |đây |trên )(?:là )?{NAME}",
    rf"{_TASK} (?:này|đó) theo (?:\S+ ){{1,9}}là (?:việc |nhiệm vụ )?của {NAME}",
    rf"^(?:là |thì )?(?:của|thuộc|thuộc về|việc của|trách nhiệm của) {NAME}",
    rf"(?:trách nhiệm|thẩm quyền|chức năng)(?: này)? (?:thuộc về|thuộc|của|là của|bên) {NAME}",
    rf"(?:đề nghị|xin|nên|kính đề nghị|mong|nhờ|phải|đề xuất|kiến nghị)(?: \w+){{0,3}}? (?:chuyển"
    rf"|giao)(?: lại| trả)?{_MOVED}(?: \w+){{0,3}}? (?:cho |sang |về |qua |tới )?{NAME}",
    rf"^(?:đề nghị |nhờ |anh |xin )*chuyển{_MOVED}(?: \w+){{0,2}}? (?:cho |sang |về |qua )?{NAME}",
    rf"(?:do|là|chủ trì là|đầu mối là) {NAME}.* (?:chủ trì|phụ trách|đảm nhận|chịu trách nhiệm)",
    rf"(?:chủ trì|đầu mối) (?:là|phải là|thuộc) {NAME}",
    rf"{NAME}[^,]* (?:phụ trách|chủ trì|đảm nhận|mới đúng)",
    rf"phải(?: là| do| để)? {NAME}(?: \w+){{0,2}} (?:làm|lo|xử lý)(?: chứ| mới| mà)",
    r"không (?:phụ trách|chủ trì|đảm nhận|có chức năng|quản lý|theo dõi|làm|nhận) (?:mảng|việc|lĩnh vực"
    r"|nội dung|nhiệm vụ)",
    r"(?:bên|phòng|đơn vị|xã|em|mình)(?: em| mình)? không (?:phụ trách|chủ trì|đảm nhận|quản lý"
    r"|có thẩm quyền|có chức năng)",
    r"không liên quan (?:đến|tới|gì)",
    r"(?:xin )?từ chối",
    r"không (?:có )?thẩm quyền",
)
HANDED_OVER = one_of(
    rf"(?:mảng|lĩnh vực|nhiệm vụ|chức năng|thẩm quyền) (?:này |đó )(?:đã )?(?:được )?(?:chuyển|bàn giao|điều chuyển)"
    rf"(?: giao)? (?:về|sang|cho|qua) {NAME}",
    rf"đã (?:bàn giao|chuyển|chuyển giao) (?:mảng|lĩnh vực|nhiệm vụ|chức năng|việc) (?:này |đó )?(?:cho |sang "
    rf"|về )?{NAME}",
)
DECLINE_NOT = one_of(
    r"^(?:xin lỗi |em |dạ |tôi )*(?:gửi|nhắn) (?:nhầm|lộn)(?: ạ| a| rồi| tin| nhóm| anh| file| ảnh)*\s*$",
    r"(?:đã|vừa|mới|đang) (?:\w+ )?(?:chuyển|giao)",
    r"(?:đang|còn|phải|vẫn|em|nên) chờ|^chờ",
    r"nhắn nhầm",
    r"hồ sơ thuộc",
)
DENIED_UNIT = one_of(rf"không (?:phải|thuộc|đúng)(?: \w+){{0,5}}? {NAME}\w*")

# An answer.
_TAIL = r"(?: ạ| a| anh| chị| vậy| thế| nhỉ| nhé| em| ta| đây| ơi| hả| các)*"
ASKING = one_of(
    r"(?:cho|xin)(?: \w+){0,3} (?:tài liệu|hồ sơ gốc)|(?:bao|mấy) h|(?:số|thứ|khoản|điều|phụ lục) mấy|(?:bản|file"
    r"|mẫu|giấy|mềm|cứng)(?: \w+)? hay (?:là )?(?:bản|file|giấy|mềm|cứng)"
    r"|(?:xem|đọc|duyệt) chưa(?: ạ| a| anh| chị)*\s*$|(?:thiếu|cần|còn|có) gì (?:nữa )?không|gì đây",
    r"(?:trình|gửi|nộp|giao|hỏi|mời|gặp) ai|(?:đủ|đúng|quá hạn|hết hạn"
    r"|ổn)(?: \w+){0,3} chưa(?: ạ| a| anh| chị| em| vậy)*\s*$",
    r"xin số (?:anh|chị|của|điện|máy)|không hiểu (?:ý|rõ|nội dung|yêu cầu)"
    r"|hạn (?:là )?\S+ hay (?:là )?\S+|\d hay (?:là )?(?:ngày )?\d",
    r"(?:gửi|chuyển|cho) (?:lại )?(?:cho )?em (?:xin )?(?:cái |file |bản )?(?:văn bản|mẫu|file|biểu|phụ lục"
    r"|đề cương|link)",
    r"còn mấy (?:ngày|hôm|tuần)(?: nữa)?(?: ạ| a| anh| chị| vậy| thế| nhỉ)*$",
    r"(?:xin|nhờ|đề nghị|mong)(?: \w+){0,2} (?:chỉ rõ|nói rõ|hướng dẫn|giải thích|cho biết)"
    r"|cần thêm (?:thông tin|tài liệu)",
    r"nào(?! (?:cũng|đó|đấy|mà|rồi))|(?:gồm|có|những|với|là|hay|mời) ai(?: ạ| a| vậy| thế| anh| chị| nhỉ)*$",
    r"(?:có|được|cần|phải)(?: \w+){1,5} không(?: ạ| a| anh| chị| vậy| nhỉ| em| ta)*$|không (?:ạ|vậy|nhỉ"
    r"|hả)\s*$",
    r"^sao(?: \w+){2,}|(?:báo cáo|gửi|nộp|hỏi|gặp|liên hệ) ai",
    r"hay(?: \w+){1,5}?(?: ạ| vậy| hả| anh| chị| nhỉ)+$",
    r"bao giờ|khi nào|hôm nào|ngày nào|lúc nào|tuần nào|tháng nào|mấy (?:giờ|lần|ngày|hôm|bản|bộ)(?! nay"
    r"| nữa| qua)"
    r"|ngày mấy|(?:đến|tới) đâu(?: rồi)?(?! (?:tuan|thang|nam|quy|gio|ngay|buoi|mua|\d))"
    r"|bao nhiêu|bao lâu|ở đâu|vào đâu|qua đâu(?! (?:tuan|thang|nam|quy|\d))|(?:gửi|đi|từ|lấy|nộp"
    r"|chỗ)(?: \w+)? đâu",
    rf"(?:cho|với|là|gặp|hỏi|gửi|do|của|từ) ai{_TAIL}|^ai(?: là)?",
    rf"(?:là|làm|những|cần|gửi|gồm|nội dung|việc|thêm) gì{_TAIL}|có gì{_TAIL}$|gì (?:vậy|thế|ạ|nhỉ|hả)",
    r"như thế nào|thế nào|như nào|kiểu gì|làm sao|là sao|sao (?:ạ|vậy|thế)|ra sao|tại sao|vì sao"
    r"|sao (?:lại|không|phải)|ntn",
    rf"(?:nào|hả|nhỉ|hử|hở){_TAIL}$",
    r"(?:nào|phòng nào|đơn vị nào|mẫu nào|văn bản nào) (?:chủ trì|phối hợp|phụ trách|vậy|thế|ạ|a)",
    rf"(?:phải|đúng|được|có|cần)(?: \w+)? không{_TAIL}$",
    r"có phải|có cần|phải chăng|liệu có|(?:cho|xin|em)(?: \w+)? hỏi|xin phép hỏi|hỏi (?:chút|tí|cái|là)",
    rf"(?:đã|xong|được|duyệt|có|nhận|ký)(?: \w+){{0,5}} chưa{_TAIL}$",
    r"(?:cho|xin)(?: \w+){0,2} (?:xin |lại )*(?:file|mẫu|văn bản|biểu mẫu|bản mềm|số điện thoại|sđt|link"
    r"|hướng dẫn|danh sách)(?! \w+ thời gian)",
)
ASKED_YES_NO = one_of(
    rf"(?:không|chưa|à|hả){_TAIL}\s*$",
    r"hay (?:là|gửi|phải|không|chỉ)",
    r"có được|có cần|có phải",
)
ASKED_OPENING = one_of(r"(?:phải|vậy|thế|hay|có|liệu|ủa|ơ)(?! rồi)")
ASKED_CLOSE = one_of(r"(?:vậy|thế|hả|nhỉ|à)(?: ạ| anh| chị| em)*\s*$")
STATED = one_of(r"đã|rồi|đang|được|xin|nhé|em|phòng|xong")
WHY = one_of(r"^(?:\w+ ){0,2}?(?:sao|tại sao|vì sao)")
# "Hôm nay hạn à": never read from a bare "a", which is "ạ" or "anh".
WONDERED = re.compile(r"\w{2,} à(?: anh| chị| em| ạ)*\s*$")
ASKING_NOT = one_of(
    r"\d+ hộ\s*$|(?:chưa|chẳng|chả) (?:\w+ )?(?:làm|được|có|triển khai|thấy) gì"
    r"|(?:chưa|không|chẳng) biết (?:\w+ )?(?:làm|tính|xử lý) sao",
    r"(?:xong|làm|được)(?: \w+)? (?:đến|tới) đâu (?:\w+ )?(?:báo|gửi|nộp|hay)|(?:nào|làm gì) đã (?:xong|làm)",
    r"có phải(?: \w+){1,4} đâu|để (?:em|mình|tôi|phòng|xã) hỏi|(?:khất|thêm|xin|chờ|để)(?: \w+)? mấy (?:ngày|hôm"
    r"|bữa)",
    r"(?:được|làm|đã|mới)(?: \w+)? mấy (?:ngày|hôm|bữa|bước|hộ)(?! (?:vậy|thế|nhỉ|hả))",
    r"không sao|chả sao|chẳng sao",
    r"(?:không|chưa|chả|chẳng) (?:biết|rõ|chắc)(?: là)? (?:\w+ ){0,2}(?:bao giờ|khi nào|ngày nào|thế nào"
    r"|nào|ra sao|ai)",
    r"(?:khi nào|bao giờ|lúc nào|hôm nào)(?: \w+){0,4} (?:em|sẽ|thì|mình|phòng|tôi"
    r"|xã)(?: \w+){0,2} (?:báo|gửi|nộp|nhắn|thông báo|bc)",
    r"(?:không|chưa)(?: \w+){1,5} nào|không có gì|làm gì có|có gì (?:em|cho|thì)"
    r"|hoàn thành sao được|sao (?:mà )?(?:được|kịp|xong|nổi)"
    r"|xong (?:thế nào|kiểu gì|cái gì|gì|sao|đâu)(?: được)? mà|(?:xong|kịp) sao nổi",
)
POLITE = one_of(
    r"(?:lùi|dời|gia hạn|khất|hoãn|thêm) (?:được|đc) .*không",
    r"^(?:hôm |ngày |thứ )?\d{1,2}(?:[/.-]\d{1,2})? (?:được|đc) (?:không|chứ)",
    r"^(?:đến|tới|sang) (?:\S+ ){1,4}(?:được|đc) (?:không|chứ)",
    rf"(?:được|đc) (?:không|hem|ko){_TAIL}\s*$",
    r"(?:được|đồng ý|ok) chứ",
    r"(?:có thể|cho|có)(?: \w+){0,9} (?:đến|tới|sang|thêm) .*\d.* không",
)
