"""The words on buttons and the commands, exactly as people see them."""

from __future__ import annotations

from domain.urgency import Urgency

ISSUE = "Phát hành"
ISSUE_ALL = "Phát hành tất cả"
EDIT = "Sửa"
DROP = "Bỏ"
ACKNOWLEDGE = "Đã nhận"
ACKNOWLEDGE_ALL = "Đã nhận tất cả"
REPORT = "Báo cáo"
DONE = "Hoàn thành"
AS_REPORT = "Ghi thành báo cáo"
EXTEND = "Xin gia hạn"
NOT_OURS = "Không đúng đơn vị"
DELEGATE = "Giao chuyên viên"
APPROVE = "Duyệt"
SEND_BACK = "Trả lại"
CHECK = "Đồng ý, trình duyệt"
IMPORTANT = "Việc quan trọng"
NOT_IMPORTANT = "Bỏ dấu quan trọng"
AGREE = "Đồng ý"
REFUSE = "Từ chối"

RIGHT = "Đúng"
REASSIGN = "Chuyển đơn vị"
INSIST = "Giữ nguyên"
SUSPEND = "Tạm dừng"
RESUME = "Tiếp tục"
CANCEL = "Huỷ nhiệm vụ"
REOPEN = "Mở lại"
SPLIT = "Tách việc"
MERGE = "Gộp việc trùng"
MERGE_INTO = "Gộp vào"
MERGE_HELPING = "Gộp, đơn vị cũ phối hợp"
HELPERS = "Đơn vị phối hợp"
HELPS = "Phối hợp"
ADD = "Thêm"
TAKE_OUT = "Bớt"
NO_REASON = "Không nêu lý do"
HISTORY = "Lịch sử"
MORE = "Khác…"
UNIT_TABLE = "Việc của đơn vị"
EVIDENCE = "Xem minh chứng"

UNCLEAR = "Thẻ chưa rõ đơn vị"
ONE_BY_ONE = "Xem từng nhiệm vụ"
SUMMARY = "Về bảng tổng hợp"
BACK = "Quay lại"
PREVIOUS = "‹ Trước"
NEXT = "Sau ›"
STOP = "Thôi"
OPEN_EARLIER = "Mở văn bản đã gửi"
NO_SECRET = "Không phải tài liệu mật"  # noqa: S105  (a button)

EDIT_LEAD = "Đơn vị chủ trì"
EDIT_DEADLINE = "Thời hạn"
EDIT_TEXT = "Nội dung"
EDIT_COORDINATING = "Đơn vị phối hợp"
EDIT_EXCEPTED = "Trừ đơn vị"
EDIT_RECURRING = "Định kỳ"
EDIT_URGENCY = "Độ khẩn"
NOT_RECURRING = "Không định kỳ"
NOT_URGENT = "Không khẩn"
END_SERIES = "Dừng định kỳ"
NO_DEADLINE = "Không đặt hạn"
NO_COORDINATING = "Không có đơn vị phối hợp"
NO_EXCEPTED = "Không trừ đơn vị nào"
EXCEPT = "Trừ"
DO_NOT_EXCEPT = "Không trừ"
TO_ALL = "Giao tất cả đơn vị"
TO_COMMUNES = "Giao các xã, thị trấn"
TO_DEPARTMENTS = "Giao các phòng, ban"
LEFT_OUT = "Câu chưa vào bảng"
TAKE_IN = "Thêm câu"

UNDO = "Hoàn tác"
REMEMBER = "Ghi nhớ tên gọi này"
ADD_ALIAS = "Thêm tên gọi"
ALL_UNITS = "Danh sách đơn vị"

MEANT_PROGRESS = "Đang thực hiện"
MEANT_DONE = "Đã xong"
MEANT_DIFFICULTY = "Gặp vướng mắc"
MEANT_NOTHING = "Bỏ báo cáo này"

SEE_CHANGES = "Xem thay đổi"
APPLY = "Áp dụng"
APPLY_ALL = "Áp dụng tất cả"
SKIP = "Bỏ qua"
GIVE_ANEW = "Giao thành việc mới"
ADD_TASK = "Thêm nhiệm vụ"
SNOOZE_AFTERNOON = "Nhắc lại chiều nay"
SNOOZE_TOMORROW = "Nhắc lại mai"
SNOOZE_ALL = "Nhắc lại tất cả chiều nay"
SEE_NEXT = "Xem tiếp"
WHO_HEARD = "Ai đã nhận tin"
INVITE = "Mời"
ASK_EXPLANATION = "Yêu cầu giải trình"
EXPLAIN = "Giải trình"
URGE = "Đôn đốc"
SEND = "Gửi"
SEND_ANYWAY = "Vẫn gửi"
EDIT_WORDS = "Sửa lời"
INSTRUCT = "Ghi ý kiến"
TO_HELPERS = "Gửi cả đơn vị phối hợp"
AS_DIRECTIVE = "Giao thành việc mới"
GIVE_TIME = "Giao thêm hạn"
EXCUSE = "Xác nhận lý do khách quan"
NOT_EXCUSED = "Bỏ xác nhận khách quan"
JOIN = "Nối vào văn bản trước"
ON_ITS_OWN = "Văn bản riêng"
MOVE_PERSON = "Chuyển đơn vị"
ADD_UNIT = "Thêm đơn vị"
DROP_UNIT = "Bỏ đơn vị"
CHANGE_ROLE = "Đổi vai trò"
LEAVES = "Nghỉ/chuyển công tác"
REVOKE = "Thu hồi tài khoản"
INVITE_AGAIN = "Mời lại"
CONFIRM = "Xác nhận"
CHANGE_UNIT = "Thay đổi đơn vị"
RENAME = "Đổi tên"
MERGE_UNITS = "Sáp nhập"
SPLIT_UNIT = "Tách"
PLACE = "Đổi cấp trên"
LEADER_IN_CHARGE = "Lãnh đạo phụ trách"
LEADER_ABOVE = "Theo cấp trên"
ALL_WORK = "Tất cả việc"
DOWNLOAD = "Tải về"
SEE_PERSON = "Xem lại"

URGENCY = {Urgency.URGENT: "KHẨN", Urgency.VERY_URGENT: "THƯỢNG KHẨN", Urgency.EXPRESS: "HỎA TỐC"}

COMMANDS: tuple[tuple[str, str], ...] = (
    ("viec", "Việc của đơn vị tôi"),
    ("status", "Tình hình thực hiện"),
    ("xuat", "Lấy danh sách thành tệp Excel, CSV"),
    ("tim", "Tìm việc theo từ, đơn vị, số văn bản"),
    ("baocao", "Báo cáo tháng, quý, năm; kết quả một văn bản"),
    ("giaoban", "Tài liệu họp giao ban tuần"),
    ("congvan", "Công văn đôn đốc đơn vị"),
    ("chamdiem", "Bảng điểm tháng của đơn vị, của tôi"),
    ("chitieu", "Chỉ tiêu, thu hồi, khắc phục"),
    ("nguoinhan", "Ai đã nhận tin, ai chưa phản hồi"),
    ("duyet", "Việc chờ tôi duyệt"),
    ("khokhan", "Khó khăn, đề xuất chưa tháo gỡ"),
    ("giaoviec", "Giao việc, gửi văn bản"),
    ("vanban", "Văn bản đã gửi"),
    ("ketluan", "Ghi kết luận họp, lập thông báo"),
    ("donvi", "Các đơn vị và tên gọi"),
    ("bantin", "Bản tin và giờ gửi (lãnh đạo)"),
    ("lienlac", "Ai chưa nhận được tin"),
    ("vangmat", "Báo vắng mặt, nhờ người làm thay"),
    ("lich", "Lịch làm việc của tháng"),
    ("lichhan", "Đưa hạn của đơn vị vào lịch điện thoại"),
    ("nhom", "Nhận việc của đơn vị trong nhóm"),
    ("gioithieu", "Mời người vào hệ thống"),
    ("nhansu", "Nhân sự: đơn vị, vai trò, tài khoản"),
    ("thuhoi", "Mất điện thoại: thu hồi tài khoản"),
    ("toi", "Dữ liệu đang lưu về tôi"),
    ("trogiup", "Hướng dẫn"),
)
