"""The sentence of each refusal: what is not done, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from domain import errors
from domain.errors import Refusal
from texts import approving, files, undoing
from texts.engine import clock, day

_STATES = {
    "draft": "chưa phát hành",
    "issued": "mới giao",
    "in_progress": "đang thực hiện",
    "submitted": "đang chờ duyệt",
    "completed": "đã hoàn thành",
    "declined": "đang đề nghị chuyển đơn vị",
    "suspended": "đang tạm dừng",
    "cancelled": "đã huỷ",
}

_ANSWERED = {"granted", "refused", "closed", "offered"}  # states of a request, not of a directive

_NOT_ALLOWED = {
    "see": "Việc này thuộc đơn vị khác nên không mở được ở đây.",
    "read_notices": "Chỉ Văn phòng gửi và sửa văn bản giao việc; anh/chị chuyển văn bản cho Văn phòng giúp.",
    "issue": "Chỉ Văn phòng hoặc lãnh đạo phụ trách được giao việc cho đơn vị này.",
    "decide": "Việc này do Văn phòng hoặc lãnh đạo phụ trách duyệt, không tự duyệt việc của đơn vị mình.",
    "answer": "Khó khăn, đề xuất do Văn phòng hoặc lãnh đạo phụ trách trả lời; đơn vị bổ sung bằng báo cáo.",
    "own_report": "Anh/chị là người báo hoàn thành việc này nên người khác duyệt, không tự duyệt báo cáo của mình.",
    "check": "Chỉ thủ trưởng đơn vị chủ trì, hoặc người làm thay, được đồng ý trình duyệt việc này.",
    "ask_explanation": "Chỉ lãnh đạo phụ trách, hoặc Văn phòng thay mặt, được yêu cầu giải trình việc này.",
    "urge": "Chỉ lãnh đạo phụ trách, hoặc Văn phòng, được đôn đốc việc này.",
    "instruct": "Chỉ lãnh đạo phụ trách, hoặc Văn phòng, được ghi ý kiến chỉ đạo việc này.",
    "steer": "Chỉ Văn phòng hoặc lãnh đạo phụ trách được thay đổi việc này.",
    "help": "Đơn vị anh/chị không phối hợp việc này; vui lòng liên hệ Văn phòng.",
    "delegate": "Việc này do trưởng đơn vị chủ trì giao cho chuyên viên; anh/chị báo trưởng đơn vị giúp.",
    "pack": "Tài liệu giao ban dành cho lãnh đạo và Văn phòng; anh/chị xem việc của đơn vị bằng /viec.",
    "invite": "Chỉ Văn phòng hoặc quản trị được mời người; anh/chị liên hệ Văn phòng.",
    "see_units": "Danh sách đơn vị và tên gọi do Văn phòng quản lý; anh/chị liên hệ Văn phòng.",
    "receipts": "Chỉ Văn phòng, lãnh đạo phụ trách và đơn vị chủ trì xem được ai đã nhận tin của việc này.",
    "enter_absence": "Chỉ Văn phòng được ghi vắng mặt thay người khác; của mình thì nhắn /vangmat.",
    "manage_people": "Chỉ Văn phòng hoặc quản trị được thay đổi nhân sự; anh/chị liên hệ Văn phòng.",
    "manage_units": "Chỉ Văn phòng hoặc quản trị được thay đổi đơn vị; anh/chị liên hệ Văn phòng.",
    "link_group": "Chỉ trưởng đơn vị hoặc Văn phòng được chọn nhóm nhận việc của đơn vị.",
    "calendar_feed": "Lịch hạn do người của đơn vị đó hoặc Văn phòng lấy; anh/chị xem lịch chung bằng /lich.",
    "acknowledge": "Việc này của đơn vị khác nên không nhận thay được.",
    "teach": "Chỉ Văn phòng hoặc quản trị được sửa tên gọi của đơn vị; anh/chị liên hệ Văn phòng.",
}

_DOCUMENTS = {
    "unreadable": "Tệp bị hỏng nên không đọc được; vui lòng mở thử trên máy rồi gửi lại bản khác.",
    "password": "Tệp đặt mật khẩu nên không đọc được; vui lòng bỏ mật khẩu rồi gửi lại.",
    "no_text": "Tệp là bản chụp, không có chữ để đọc; vui lòng gửi bản .docx hoặc .pdf xuất từ máy.",
    "nothing_recognised": "Không nhận ra chữ nào trong bản chụp; vui lòng chụp lại cho rõ, đủ sáng, hoặc gửi bản .docx.",
    "no_tesseract": (
        "Máy chủ chưa cài phần nhận dạng chữ nên chưa đọc được bản chụp. Vui lòng gửi bản Word (.docx), "
        "hoặc báo cán bộ kỹ thuật cài <code>tesseract-ocr</code> và <code>tesseract-ocr-vie</code>."
    ),
    "no_vie": (
        "Phần nhận dạng chữ trên máy chủ chưa có tiếng Việt nên chưa đọc được bản chụp. Vui lòng gửi bản Word (.docx), "
        "hoặc báo cán bộ kỹ thuật cài <code>tesseract-ocr-vie</code>."
    ),
    "page_too_large": "Trang hoặc ảnh có kích thước quá lớn nên không nhận dạng; vui lòng quét lại ở khổ A4, 300 dpi.",
    "unsupported": "Chỉ đọc được tệp .docx, .doc, .odt, .pdf, .txt, hoặc ảnh .jpg, .png; vui lòng lưu lại theo một trong các dạng đó rồi gửi.",
    "no_converter": "Máy chủ chưa mở được tệp .doc, .odt, .rtf; vui lòng mở tệp, lưu lại thành .docx (Save As) rồi gửi.",
    "too_slow": "Tệp phức tạp quá nên đọc không kịp; vui lòng gửi riêng phần giao việc.",
    "empty": "Tệp không có nội dung; vui lòng kiểm tra rồi gửi lại.",
}

_PAPERS = {
    "period": "Báo cáo kỳ do lãnh đạo, Văn phòng và trưởng đơn vị lập; việc của anh/chị: /viec.",
    "letter": "Công văn đôn đốc do lãnh đạo và Văn phòng lập; việc của anh/chị: /viec.",
    "result": "Báo cáo kết quả một văn bản do lãnh đạo và Văn phòng lập; báo cáo của đơn vị mình: /baocao.",
    "scores": "Bảng điểm chỉ lập cho đơn vị và người có việc được giao.",
}
"""Who takes which paper; by a word of ``domain.paperwork.PaperKind``."""

_SAY: dict[type[Refusal], Callable[[Any], str]] = {
    errors.NotAllowed: lambda e: _NOT_ALLOWED.get(
        e.action, "Việc này thuộc đơn vị khác; anh/chị chỉ báo cáo việc của đơn vị mình."
    ),
    errors.MoveNotAllowed: lambda e: _moved_on(e.state),
    errors.NoSuchDirective: lambda e: (
        f"Không có việc <b>#{e.number}</b> trong phạm vi của anh/chị; xem danh sách: /viec."
        if e.number
        else "Việc này không còn; xem danh sách: /viec."
    ),
    errors.NoSuchThing: lambda e: "Nút này đã cũ; mở lại việc để xem tình trạng mới nhất.",
    errors.ReasonMissing: lambda e: "Cần nêu lý do bằng lời; nhắn lại giúp một câu.",
    errors.LeadMissing: lambda e: (
        f"Thẻ {', '.join(f'<b>#{n}</b>' for n in e.numbers)} chưa rõ đơn vị chủ trì; chọn đơn vị bằng nút <b>Sửa</b> rồi phát hành."
    ),
    errors.ExceptedUnknown: lambda e: (
        f"Thẻ {', '.join(f'<b>#{n}</b>' for n in e.numbers)} trừ {'; '.join(f'“{escape(n)}”' for n in e.names)} mà danh bạ"
        " chưa rõ là đơn vị nào; mở thẻ và chọn đơn vị được trừ rồi phát hành."
    ),
    errors.AliasNotUsable: lambda e: (
        f"“{escape(e.written)}” đã là tên của {escape(e.unit)}; vui lòng nhắn tên gọi khác."
        if e.unit
        else f"“{escape(e.written)}” không phải tên riêng của một đơn vị nên không ghi nhớ; vui lòng nhắn tên gọi khác."
    ),
    errors.GroupEmpty: lambda e: "Danh bạ chưa có đơn vị nào thuộc nhóm này; chọn đơn vị cụ thể bằng nút <b>Sửa</b>.",
    errors.NothingToIssue: lambda e: "Các thẻ này đã phát hành hoặc đã bỏ, không còn gì để phát hành.",
    errors.DateNotUnderstood: lambda e: (
        f"Chưa rõ “{escape(e.given)}” là ngày nào; nhắn dạng <i>15/3</i>, <i>cuối tháng 3</i> hoặc <i>thứ sáu tuần sau</i>."
    ),
    errors.CycleNotUnderstood: lambda e: (
        f"Chưa rõ “{escape(e.given)}” lặp lại vào ngày nào; nhắn dạng"
        f" {'<i>hằng tháng</i>, ' if e.has_deadline else ''}<i>ngày 25 hằng tháng</i> hoặc <i>thứ sáu hằng tuần</i>."
    ),
    errors.DateDoesNotExist: lambda e: f"Không có ngày “{escape(e.given)}”; vui lòng nhắn lại ngày đúng.",
    errors.DeadlineInPast: lambda e: f"Ngày {day(e.given)} đã qua; vui lòng chọn từ {day(e.earliest)} trở đi.",
    errors.ExtensionNotLater: lambda e: (
        f"Ngày {day(e.given)} không muộn hơn hạn hiện nay {day(e.deadline)}; vui lòng chọn ngày sau đó."
    ),
    errors.ExtensionPending: lambda e: (
        f"Việc <b>#{e.number}</b> được đề nghị hạn {day(e.offered)}; vui lòng bấm <b>Đồng ý</b> hoặc <b>Không đồng ý</b> trước."
        if e.offered
        else f"Việc <b>#{e.number}</b> đang có một đề nghị gia hạn chờ trả lời; có kết quả sẽ báo ngay."
    ),
    errors.ExtensionsUsedUp: lambda e: (
        f"Việc <b>#{e.number}</b> {_used_up(e)} nên không xin gia hạn ở đây được; vui lòng báo cáo trực tiếp"
        f" {escape(e.leader) if e.leader else 'lãnh đạo phụ trách'}."
    ),
    errors.ExtensionTooFar: lambda e: (
        f"Ngày {day(e.given)} quá xa: mỗi lần gia hạn nhiều nhất {e.most_days} ngày, đến {day(e.latest)}."
        " Vui lòng chọn ngày đó hoặc sớm hơn."
    ),
    errors.OfferNotEarlier: lambda e: (
        f"Đơn vị chỉ xin đến {day(e.asked)}; vui lòng chọn ngày sớm hơn, hoặc bấm <b>Đồng ý</b>."
    ),
    errors.ObstacleClosed: lambda e: (
        f"Mục này của <b>#{e.number}</b> {'đã được tháo gỡ' if e.outcome == 'solved' else 'không còn chờ nữa'};"
        " mở lại việc để xem tình trạng mới nhất."
    ),
    errors.HourNotUsable: lambda e: (
        f"Bản tin chưa gửi được lúc {clock(e.given)}; vui lòng chọn buổi sáng từ {clock(e.first)},"
        f" hoặc buổi chiều trước {clock(e.last)}."
    ),
    errors.NotOverdue: lambda e: (
        f"Việc <b>#{e.number}</b> không quá hạn ở đơn vị nên chưa cần giải trình; mở việc để xem tình trạng mới nhất."
    ),
    errors.ExplanationAsked: lambda e: (
        f"{escape(e.by)} đã yêu cầu giải trình <b>#{e.number}</b> lúc {clock(e.at)} ngày {day(e.at)}; đơn vị trả lời"
        f" chậm nhất ngày {day(e.due_day)}."
    ),
    errors.UrgedToday: lambda e: (
        f"Hôm nay anh/chị đã đôn đốc {_numbers(e.numbers)} lúc {clock(e.at)} nên tin chưa gửi; mở việc, bấm <b>Đôn đốc</b>"
        " rồi <b>Vẫn gửi</b> nếu cần nhắc lại."
    ),
    errors.ChangedMeanwhile: lambda e: (
        f"Việc {_numbers(e.numbers)} vừa thay đổi (đơn vị, thời hạn hoặc tình trạng) nên chưa làm gì; mở việc để xem rồi"
        " bấm lại."
    ),
    errors.NotLate: lambda e: f"Việc <b>#{e.number}</b> không trễ hạn, không có gì để xác nhận; mở việc để xem.",
    errors.ExcusedAlready: lambda e: (
        f"{escape(e.by)} đã xác nhận lý do khách quan của <b>#{e.number}</b> lúc {clock(e.at)} ngày {day(e.at)}."
    ),
    errors.ConclusionsFiled: lambda e: (
        "Danh sách này đã lập thông báo; mở thông báo bằng nút dưới đây, hoặc nhắn /ketluan để ghi danh sách mới."
    ),
    errors.NoSuchConclusion: lambda e: (
        f"Không có kết luận số {e.given}; danh sách có {e.most} kết luận."
        if e.most
        else "Danh sách chưa có kết luận nào."
    ),
    errors.ConclusionTooLong: lambda e: (
        f"Kết luận dài {e.given} chữ cái, nhiều nhất {e.most}; vui lòng tách thành nhiều dòng."
    ),
    errors.NothingConcluded: lambda e: "Danh sách chưa có kết luận nào; nhắn từng kết luận, mỗi dòng một kết luận.",
    errors.PaperNotYours: lambda e: _PAPERS[e.kind],
    errors.NothingToUrge: lambda e: (
        f"{escape(e.unit)} không có việc quá hạn hay sắp đến hạn nên không cần công văn đôn đốc."
        if e.unit
        else "Không đơn vị nào có việc quá hạn nên không cần công văn đôn đốc."
    ),
    errors.NothingIssued: lambda e: (
        f"Văn bản {escape(e.number or '')} chưa có việc nào đã giao trong phạm vi của anh/chị nên chưa có kết quả để báo cáo."
    ),
    errors.AskedToday: lambda e: (
        f"Hôm nay đã nhắc các đơn vị phối hợp <b>#{e.number}</b> rồi; ngày mai có thể nhắc tiếp."
    ),
    errors.AbsenceBackwards: lambda e: (
        f"Ngày cuối {day(e.last)} đứng trước ngày đầu {day(e.first)}; vui lòng nhắn lại, ví dụ <i>từ 20/3 đến 25/3</i>."
    ),
    errors.AbsenceTooLong: lambda e: (
        f"Vắng mặt đến hết {day(e.last)} là quá {e.most} ngày; vui lòng chọn ngày gần hơn, hết hạn thì báo tiếp."
    ),
    errors.CannotStandIn: lambda e: (
        f"{escape(e.name)} không làm thay được: khác đơn vị hoặc vai trò, hoặc chưa kết nối; vui lòng chọn người khác."
    ),
    errors.StandsInCircle: lambda e: (
        f"{escape(e.names[0])} cũng vắng mặt và đã nhờ lại chính người này làm thay"
        f"{_by_way_of(e.names[1:])}; vui lòng chọn người khác."
    ),
    errors.NeedsNoDeputy: lambda e: "Quản trị không nhận nhắc việc nên không cần báo vắng mặt.",
    errors.NoDeadlineToExtend: lambda e: "Việc này không đặt hạn nên không cần gia hạn.",
    errors.AlreadyThere: lambda e: f"Việc này đang ở {escape(e.unit)} rồi; vui lòng chọn đơn vị khác.",
    errors.NotYourself: lambda e: "Không tự đổi vai trò hay cho mình nghỉ được; vui lòng nhờ người khác của Văn phòng.",
    errors.WorksThere: lambda e: f"Người này đang làm việc ở {escape(e.unit)} rồi; vui lòng chọn đơn vị khác.",
    errors.UnitBelowItself: lambda e: (
        f"{escape(e.unit)} không thể trực thuộc {escape(e.below)} vì {escape(e.below)} là chính nó hoặc cấp dưới của nó."
    ),
    errors.NameTaken: lambda e: f"Đã có đơn vị tên “{escape(e.name)}”; vui lòng đặt tên khác.",
    errors.CodeNotValid: lambda e: "Mã mời không đúng hoặc đã hết hạn; vui lòng xin Văn phòng mã mới.",
    errors.TooManyTries: lambda e: "Đã nhập sai mã nhiều lần; vui lòng thử lại sau một giờ.",
    errors.AccountTaken: lambda e: "Tài khoản này đã được kết nối rồi; xem hướng dẫn: /trogiup.",
    errors.DocumentRefused: lambda e: (
        f"Trên bản chụp có chữ giống dấu <b>{escape(e.mark)}</b> nên không nhận và không lưu lại gì. Nếu đúng là văn bản"
        " mật, vui lòng xoá tin vừa gửi và xử lý theo quy định về bảo vệ bí mật nhà nước. Nếu đó là chữ khác"
        " (ví dụ “MẮT”), vui lòng gửi tệp Word hoặc dán nội dung văn bản vào đây."
        if e.seen
        else f"Đoạn này đến ngay sau văn bản có dấu <b>{escape(e.mark)}</b> nên cũng không nhận và không lưu lại gì."
        " Nếu là văn bản khác, không mật, vui lòng gửi lại sau một phút."
        if e.before
        else f"Văn bản có dấu <b>{escape(e.mark)}</b> nên không nhận và không lưu lại gì. Vui lòng xoá tin vừa gửi"
        " và xử lý văn bản theo quy định về bảo vệ bí mật nhà nước."
    ),
    errors.Replaced: lambda e: (
        f"Việc <b>#{e.number}</b> đã {'gộp vào' if e.merged else 'tách thành'} {_numbers(e.by)};"
        f" vui lòng báo cáo ở {'việc đó' if len(e.by) == 1 else 'các việc đó'}."
    ),
    errors.ComesAgain: lambda e: (
        f"Việc <b>#{e.number}</b> lặp lại định kỳ nên không tách, không gộp; muốn vậy, bấm <b>Dừng định kỳ</b> trước."
    ),
    errors.PartsOutOfRange: lambda e: (
        f"Tách thành từ {e.fewest} đến {e.most} phần, mỗi phần một dòng trong cùng một tin; vui lòng nhắn lại các phần."
    ),
    errors.PartTooLate: lambda e: (
        f"Hạn {day(e.given)} muộn hơn hạn của việc gốc ({day(e.latest)}); vui lòng nhắn lại, cần thêm thời gian thì gia hạn."
    ),
    errors.PartUnitUnclear: lambda e: (
        f"Dòng {e.line} chưa rõ “{escape(e.written)}” là đơn vị nào"
        f"{_choices(e.choices)}; vui lòng nhắn lại tất cả các dòng."
    ),
    errors.MergeIntoItself: lambda e: f"Đây chính là việc <b>#{e.number}</b>; vui lòng nhắn số của việc khác.",
    errors.MergeIntoEnded: lambda e: (
        f"Việc <b>#{e.number}</b> {_STATES.get(e.state, 'đã kết thúc')} nên không gộp vào được; vui lòng chọn việc khác."
    ),
    errors.HelpsAlready: lambda e: f"{escape(e.unit)} đã phối hợp việc này rồi; vui lòng chọn đơn vị khác.",
    errors.AlreadyDecided: lambda e: "Thay đổi này đã được xử lý; mở lại văn bản để xem tình trạng mới nhất.",
    errors.StandsForChange: lambda e: (
        f"Thẻ {', '.join(f'<b>#{n}</b>' for n in e.numbers)} điều chỉnh việc đã giao nên không phát hành lại;"
        " mở văn bản và bấm <b>Xem thay đổi</b>."
    ),
    errors.AlreadyWorkedOn: lambda e: (
        f"Văn bản{f' số {escape(e.number)}' if e.number else ' trước'} đã được sửa hoặc phát hành nên không nối thêm"
        " được; chọn <b>Văn bản riêng</b>, hoặc thêm từng việc bằng nút <b>Thêm nhiệm vụ</b>."
    ),
    errors.SnoozeNotToday: lambda e: (
        f"Chỉ hẹn lại “chiều nay” được trước {clock(e.afternoon)} của ngày làm việc; vui lòng bấm <b>Nhắc lại mai</b>."
    ),
    errors.SnoozePastDeadline: lambda e: (
        f"Đến {clock(e.until)} ngày {day(e.until)} thì đã hết hạn ({_end(e)}) nên không hẹn nhắc lại được;"
        " cần thêm thời gian thì bấm <b>Xin gia hạn</b>."
    ),
    errors.SnoozeOverdue: lambda e: (
        "Việc đã quá hạn nên không hẹn sang ngày khác; vui lòng báo cáo, hoặc bấm <b>Xin gia hạn</b>."
    ),
    errors.FileRefused: files.refused,
    errors.GroupOfOthers: lambda e: (
        f"Nhóm này đang nhận việc của {escape(e.unit)}; trưởng đơn vị đó hoặc Văn phòng nhắn"
        " <code>/nhom thôi</code> tại nhóm trước đã."
    ),
    errors.TooManyFeeds: lambda e: f"Đơn vị đã có {e.most} đường dẫn lịch; thu hồi bớt ở /lichhan rồi tạo lại.",
    errors.AwaitsHead: approving.awaits_head,
    errors.LeaderDecides: approving.leader_decides,
    errors.CannotUndo: undoing.refused,
    errors.SameNotice: lambda e: (
        f"Văn bản{f' số {escape(e.number)}' if e.number else ''} đã được gửi trước đây; mở lại bằng nút dưới đây."
    ),
}


def _end(error: errors.SnoozePastDeadline) -> str:
    return f"{clock(error.hour)} ngày {day(error.last_day)}" if error.hour else f"hết ngày {day(error.last_day)}"


def _used_up(error: errors.ExtensionsUsedUp) -> str:
    if error.granted is None:
        return f"đã quá hạn hơn {error.most_days} ngày"
    return f"đã được gia hạn {error.granted} lần" if error.granted else "thuộc loại không gia hạn"


def _by_way_of(names: tuple[str, ...]) -> str:
    return f" (qua {escape(', '.join(names))})" if names else ""


def _choices(names: tuple[str, ...]) -> str:
    return f" ({escape('; '.join(names))})" if names else ""


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"<b>#{n}</b>" for n in numbers)


def _moved_on(state: str) -> str:
    if state in _ANSWERED:
        return "Đề nghị này đã được trả lời; mở lại việc để xem kết quả."
    return f"Không làm được vì việc này {_STATES.get(state, 'đã thay đổi')}; mở lại việc để xem tình trạng mới nhất."


STALE = "Nút này đã cũ, vui lòng mở lại việc."


def refusal(error: Refusal) -> str:
    """The sentence for a refusal.

    Raises:
        KeyError: a refusal without a sentence; a test walks through them all.
    """
    if isinstance(error, errors.DocumentUnusable):
        return _unusable(error)
    return _SAY[type(error)](error)


def about(number: int | None, error: Refusal) -> str:
    """The sentence for a refusal among answers about several directives: it says its number, once."""
    said = refusal(error)
    return said if number is None or names(said, number) else f"<b>#{number}</b>: {said}"


def names(said: str, number: int) -> bool:
    """Whether a sentence says the number of a directive."""
    return f"<b>#{number}</b>" in said


def _unusable(error: errors.DocumentUnusable) -> str:
    if error.problem == "too_large":
        return f"Tệp lớn hơn {error.limit} MB nên không nhận được; vui lòng gửi bản nhẹ hơn."
    if error.problem == "too_many_scanned_pages":
        return f"Bản chụp dài hơn {error.limit} trang nên không nhận dạng; vui lòng gửi riêng phần giao việc, hoặc bản .docx."
    if error.problem == "too_many_pages":
        return f"Tệp dài hơn {error.limit} trang nên không đọc; vui lòng gửi riêng phần giao việc."
    return _DOCUMENTS.get(error.problem, _DOCUMENTS["unreadable"])
