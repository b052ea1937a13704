"""The wordings by which officers report: finished, under way, hindered, received."""

from __future__ import annotations

from domain.replies.words import before, one_of

# Finished, or nearly, or a part of it.
FINISHED = one_of(
    r"xong xuôi|xong|hoàn thành|hoàn tất|dứt điểm|kết thúc|done|đóng (?:lại )?(?:việc|nhiệm vụ)|htat"
    r"|hthanh|h\.thành|ht rồi|đã ht|hoàn thiện xong|finish(?:ed)?|về đích|hoàn thnàh|hoàn thàn|hòan thành|xog|xonh"
    r"|xomg|xoq|xonq"
)
NOT_FINISHED = before(
    r"(?:chưa|không|khó|chẳng|chả|đâu có|nào đã|làm gì đã|chưa thể|không thể|không kịp|làm sao|sao mà)(?: \w+){0,3}",
)
UNFINISHED_AFTER = one_of(
    r"gì đâu|(?:thế )?(?:nào )?được(?: đâu)?|sao(?: mà)? (?:được|nổi|kịp)|(?:thế nào|kiểu gì|cái gì|gì"
    r"|đâu) (?:được )?mà"
    r"|nổi|đâu(?! vào đấy)"
)
FUTURE = before(
    r"(?:sẽ|dự kiến|dự tính|phấn đấu|cố gắng|cố|quyết tâm|cam kết|hẹn|sắp|gần|gần như|hầu như|cơ bản"
    r"|tương đối|đang|tiếp tục|cần|phải|để|khi|khi nào|bao giờ|nếu|đến khi"
    r"|chắc|chuẩn bị|kế hoạch|(?:sẽ|xin|em|để|phòng|xã) (?:đảm bảo|bảo đảm)|hứa|tạm|coi như sắp|yêu cầu"
    r"|theo dõi|đôn đốc|thời hạn|hạn"
    r"|tiến độ|chờ|đợi|mong|hi vọng|hy vọng|lo|sớm|khỏi)(?: \w+){0,4}",
    r"(?:qua|sau|hết|ra) (?:tết|lễ|giêng|tháng|tuần|quý|năm|đợt|mùa)(?: \w+){0,3}",
    r"trước (?:tết|lễ|noel|ngày|\d+|thứ|tháng|quý|tuần)(?: [\w/.-]+){0,3}",
    r"(?:nữa|ký|duyệt|nốt(?: \w+){1,3}|còn(?: \w+){1,4}) (?:là|thì|mới)",
)
DAY_AHEAD = one_of(
    r"(?:ngày )?mai|chiều nay|tối nay|trưa nay|ngày kia|ngày mốt|(?:tuần|tháng|quý|năm) (?:sau|tới)"
    r"|cuối (?:tuần|tháng|quý|năm|ngày|giờ)|đầu (?:tuần|tháng|năm)|sang tuần"
    r"|(?:trong|hết) (?:tuần|tháng|hôm nay|sáng|chiều|ngày|quý|năm|vài)|(?:thứ (?:hai|ba|tư|năm|sáu|bảy"
    r"|[2-7])|t[2-7]|chủ nhật|cn)|(?:ngày |trước )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:tháng|quý"
    r"|năm) này|lát nữa|tí nữa"
    r"|đến cuối|vài (?:hôm|ngày) nữa|\d+ (?:ngày|hôm|tuần) nữa|tuần này"
)
DAY_BEHIND = one_of(
    r"(?:hôm qua|hôm kia|hôm trước|(?:tuần|tháng) (?:trước|rồi|vừa rồi)|sáng nay|vừa|vừa mới|lâu rồi"
    r"|từ (?:hôm|tuần|tháng|thứ|ngày|đầu|sáng))"
)
SURELY_DONE = one_of(r"đã|rồi|vừa|hết rồi|luôn rồi")
PARTLY_AFTER = one_of(
    r"\s*(?:100\s*% |được |xong |khoảng |tầm |cỡ |hơn |gần |rồi |việc |về |mỗi |hết |cả |em |xã "
    r"|phòng )*(?:một phần|phần|bước"
    r"|khâu|giai đoạn|gđ|đợt|cơ bản|đề cương|khảo sát|một nửa|nửa|chỉ còn|gần hết|thì|là (?:em |sẽ |xong|báo|gửi"
    r"|nộp)|(?:mới |sẽ |đã )?(?:làm|nhắn|báo lại)(?! tốt)|\d+ phần|một ít|ít|một chút|sớm thôi|tạm"
    r"|\d+\s*(?:km|m|ha)|một số|vài|mấy|dự thảo|bản thảo|sơ bộ"
    r"|vòng|nội dung \d"
    r"|bản nháp|cái khung|móng|thô|lần 1|phía|kịch bản|công đoạn|hồ sơ mời thầu|việc lấy ý kiến|ý kiến"
    r"|\d+ (?:xã|thôn|trường|hộ|hồ sơ|km|nội dung|điểm|phòng|bản|tuyến|hạng mục|lớp|nhà|cầu|đoạn|thửa"
    r"|việc))",
)
PARTLY_BEFORE = before(
    r"(?:hầu hết|đa số|phần lớn|nhiều|một số|vài|mấy|(?:đã )?được \d+|có \d+)(?: \w+){0,3}",
    r"(?:dự thảo|bản thảo|khảo sát|đề cương|họp|làm việc|trình ký|trình|thẩm định|chuẩn bị|lấy ý kiến"
    r"|kiểm đếm|đo|đo đạc|thủ tục|móng|phần thô|soạn|viết|phân công|cơ bản|về cơ bản|mới|chỉ mới|chỉ"
    r"|bước \d|giai đoạn \d|đợt \d|một phần|phần \w+)(?: \w+){0,4}",
)
PARTLY_END = one_of(
    r"trừ|ngoại trừ|nốt(?! rồi)|tạm|cơ bản|về cơ bản|phần lớn|đa số|tương đối|nốt phần|sẽ (?:báo|gửi)|(?:em|mình"
    r"|phòng|tôi) (?:sẽ )?(?:báo|gửi báo cáo|gửi(?! kèm| file| anh| chị| văn phòng| lại)|nộp|bc)(?! cáo (?:anh|chị"
    r"|là))|báo sau|mới (?:báo|gửi"
    r"|tính)"
)
NEAR_WHOLE = before(
    r"(?:gần|gần như|chưa|chưa đạt|chưa được|chưa đến|xấp xỉ|không|phấn đấu|sẽ|cần|phải|để|mục tiêu"
    r"|dự kiến|cố gắng)(?: \w+){0,3}"
)
HANDED_IN = one_of(
    r"(?:đã|vừa|mới|vừa mới)(?: \w+){0,3}? (?:gửi|nộp|ban hành|ký ban hành|báo cáo|xử lý|giải quyết"
    r"|khắc phục|bàn giao|nghiệm thu|trả lời|thực hiện|đăng tải|đăng(?! ký)|tải lên|up|cập nhật|phát hành"
    r"|tổ chức|ra quyết định|bc|trình báo cáo|thực hiện)",
    r"(?:gửi|nộp|ban hành|up|báo cáo|bc|phát hành|xử lý|làm|khắc phục)(?: \w+){0,6} rồi",
    r"(?:đã|và|vừa|mới) được (?:\w+ ){0,4}(?:ký|ký duyệt|phê duyệt) ban hành",
    r"đã có quyết định|^(?:dạ |ok |vâng )?rồi(?: ạ| a| anh| chị| nhé| mà)*\s*$",
    r"^(?:dạ |vâng |anh |chị |(?:xin )?(?:phép )?(?:em|tôi|mình|phòng|xã|đơn vị|bên em) |xin |kính )*(?:gửi"
    r"|nộp)(?: lại)?"
    r"(?: anh| chị| sếp| lãnh đạo| văn phòng| ubnd| kèm)*(?: lại)? (?:báo cáo|bc|kết quả)(?! tiến độ| sau)",
)
SOME_OF_IT = one_of(
    r"(?:giao|phân công|cử) (?:\w+ ){1,5}(?:làm|phụ trách|theo dõi|đầu mối|thực hiện|xử lý|chủ trì|tham mưu)",
    r"góp ý|(?:xin|lấy|cho) ý kiến|thẩm định|các (?:xã|phòng|đơn vị|thôn|ngành)|nhận bàn giao",
    r"gần hết|gần xong|kha khá|hầu hết|phần lớn|một phần|được ít|được tí|một ít|chút ít|sơ bộ"
    r"|dự thảo",
)

# Under way.
UNDER_WAY = one_of(
    r"đang|đương|tiếp tục|sắp|gần xong|cơ bản|bắt đầu|khởi công|triển khai|thi công|tiến độ|lấy ý kiến"
    r"|trình|chờ|đợi|rà soát|tổng hợp|dự kiến|phấn đấu|hoàn thiện|soạn|dự thảo"
    r"|bước \d+|đúng kế hoạch|theo kế hoạch|chạy nốt|làm nốt|mới làm|mới được|khảo sát|kiểm đếm|tình hình"
    r"|tiến triển|còn(?: lại)? \w+|làm được|làm đc|thẩm định|phối hợp|tham mưu|phân công|đôn đốc|kèm"
    r"|(?:gửi|nộp) (?:anh|chị|ảnh|biên bản|file|văn phòng)|(?:sáng|trưa|chiều|tối|mai|lát|tí|lát nữa|tí nữa"
    r"|hôm sau)(?: \w+){0,2} (?:gửi|nộp|báo|làm|trình|có)"
    r"|để (?:mai|cuối|tuần|sang|thứ|chiều|tối)(?! em)",
    r"(?:đã|vừa|mới|vừa mới) (?!nhận|rõ|xem|đọc|biết|nắm|hiểu|tiếp|ok|em |anh |chị |vâng"
    r"|thông(?! xe| tuyến))\w+|đã nhận (?:tiền"
    r"|đền bù|bồi thường"
    r"|hỗ trợ|quà|kinh phí)",
    r"sẽ (?:hoàn thành|xong|nộp|gửi|có)|(?:em|mình|phòng|xã|tôi) (?:sẽ )?(?:nộp|gửi|báo(?! anh| chị))",
)
GOING_ON = one_of(r"đang|sắp|chưa|còn|gần|tiếp tục|vẫn|bắt đầu|chờ|đợi|mới|đúng tiến độ")
SURELY_GOING = one_of(
    r"đang|sắp|(?:đã|vừa|mới) (?!nhận|rõ|xem|đọc|biết|nắm|hiểu|tiếp|ok|em |anh |chị |vâng|ghi|nghe|giao cho)\w+"
    r"|chưa|còn"
)
LATE = one_of(r"(?:chậm|muộn|trễ) (?:mất |có |hạn )?(?:\d+|một|hai|ba|mấy|vài) (?:ngày|hôm|tuần|buổi)")
NOT_YET = one_of(
    r"chưa(?: \w+){0,3} (?:xong|hoàn thành|được|làm|triển khai|thực hiện|bắt đầu|ký|gì|tổng hợp|báo cáo)"
    r"|chưa\s*$|chưa đâu|chưa ạ|chưa anh|chưa (?:đạt|đến|tới|được)|không kịp|chậm|quên|trễ"
)
REMAINING = one_of(r"còn|chờ|đợi|đang|trình|chưa|mới|nốt")

# Hindered. Proposals ("đề nghị hỗ trợ kinh phí") stand with the difficulties they come from.
_NEG = (
    r"(?:không|chưa|hết|chẳng|chả|ko|khỏi|đã gỡ|tháo gỡ|đã tháo gỡ|gỡ được|giải quyết|xử lý|đã giải quyết"
    r"|đã xử lý)"
)
NO_DIFFICULTY = one_of(
    r"^(?:vẫn |cũng |rất |cơ bản |mọi việc |dạ )*(?:ổn|tốt|thuận lợi|bình thường)(?: ạ| a| rồi| cả| anh| chị| lắm"
    r"| nhé)*\s*$",
    r"không còn (?:\w+ ){1,2}nào",
    r"không còn (?:gì|việc gì|nội dung nào|vấn đề)|không (?:có )?gì (?:nữa|thêm)",
    rf"{_NEG}(?: \w+){{0,3}}? (?:vướng mắc|vướng|khó khăn|khó|trở ngại|tồn tại|bất cập|phát sinh"
    rf"|vấn đề)(?: gì)?(?! \w+ được)",
    r"(?:vướng mắc|vướng|khó khăn|trở ngại)(?: \w+){0,3} (?:đã|nay|giờ)(?: \w+){0,3} (?:gỡ|tháo|hết|xong"
    r"|giải quyết)",
    r"(?:thời tiết|mọi việc|mọi thứ) (?:thuận lợi|ổn|tốt)|(?:đã )?gỡ được|tháo gỡ (?:xong|được)"
    r"|trước (?:có |bị |còn )?(?:vướng|khó)|đã hết",
)
DIFFICULTY = one_of(
    r"(?:đơn giá|giá đất|giá|cơ chế|quy hoạch|kế hoạch vốn|vốn|kinh phí|sở|huyện|tỉnh|bộ|các xã|dân"
    r"|hộ dân|người dân|nhà thầu"
    r"|chủ đầu tư|các đơn vị|tư vấn|ngân hàng|kho bạc|chủ hộ) (?:vẫn |còn |cũng )?(?:chưa|không|chậm"
    r"|quá chậm) "
    r"(?!xong|hoàn thành|vướng|ý kiến|phản đối)\w+",
    r"không (?:có )?ai|hết (?:phép|hạn mức|vật tư|vật liệu)|hiểm trở|xa xôi|cần (?:thêm |có )?(?:kinh phí"
    r"|người|vốn|hỗ trợ|cán bộ|máy)",
    r"đình trệ|cầm chừng|chồng chéo|chây ì|dây dưa|phức tạp|nhạy cảm|lúng túng|chật vật|dở dang|khan hiếm"
    r"|eo hẹp"
    r"|không cho (?!\w+ (?:phép|là))\w+|(?:đi làm ăn|đi làm) xa|ở (?:nước ngoài|xa)|đi vắng|vắng nhà|xin chủ trương"
    r"|cần (?:anh|chị|lãnh đạo|sếp|sở|huyện|ubnd|chủ tịch) \w+|phải có (?:anh|chị|lãnh đạo|sếp|huyện|công an)"
    r"|một mình (?:em|xã|phòng)"
    r"|không (?:\w+ )?nổi|quá (?:khả năng|tải|sức)|(?:lũ|bão|nước|mưa|gió) (?:cuốn|vào|về|ngập|quét|cô lập)"
    r"|không thuận lợi|sập(?! (?:xong|hoàn|gửi|trình|có|ký|ban|nộp))"
    r"|mất (?:dữ liệu|file|hồ sơ|nước|kết nối)|(?:bị |đang )?ốm|(?:đề xuất|đề nghị|kiến nghị)\s*:|hỗ trợ (?:kinh phí"
    r"|vốn|xe|người|nhân lực)"
    r"|(?:đi|khởi|khiếu) kiện|chưa (?:thỏa thuận|thống nhất|xác định|xác minh|thương lượng|liên hệ|tiếp cận|bố trí"
    r"|huy động|thu xếp)(?: được)?"
    r"|không (?:xác định|thống nhất|thỏa thuận|tiếp cận|bố trí|mua|tìm|thuê|tuyển)(?: \w+)? được|thất lạc|bị mất"
    r"|(?:không|chưa|chẳng) khớp|lệch (?:nhau|số)"
    r"|(?:thẩm định|phê duyệt|giải ngân|cấp phép|thanh toán) (?:quá )?chậm|chậm quá|trả (?:lại )?hồ sơ"
    r"|yêu cầu (?:làm|bổ sung|sửa|lập) lại"
    r"|(?:vốn|tiền|kinh phí|người|nhân lực|biên chế|máy) (?:quá |rất |hơi )?(?:ít|mỏng|yếu|hạn hẹp)|nghỉ việc"
    r"|xin thôi việc|(?:nhà thầu|đơn vị thi công) (?:rút|bỏ|phá sản|yếu|dừng)"
    r"|trời mưa|mưa (?:mãi|quá)|nước (?:lên|dâng)|(?:không|khó|kém) khả thi|đuối|hụt hơi|mệt mỏi|xin (?:thêm|cấp"
    r"|bổ sung) (?:kinh phí|vốn|tiền|người|biên chế|xe|máy)"
    r"|(?:kiến nghị|đề nghị|đề xuất) (?:tăng|bổ sung|cấp|thêm|bố trí|điều chỉnh giá|nâng)|khan (?:hàng|hiếm)"
    r"|gấp đôi|cháy|mất mùa|rút thầu|ăn vạ|gây rối|chây"
    r"|hết (?:xi măng|cát|đá|thuốc|vật|hàng|xăng)|chặn (?:xe|đường|không|máy)|(?:quy hoạch|dự án) treo"
    r"|mắc (?:luật|quy định|thủ tục|vốn|cơ chế)"
    r"|(?:làm|thực hiện|triển khai|thi công|vào) không được|^(?:em |bên em |xã )*chịu(?: ạ| a| rồi| thôi| anh)*\s*$"
    r"|^(?:phải |còn |vẫn )*chờ (?:mặt bằng|vốn|kinh phí|tiền|vật tư|vật liệu|cơ chế|trung ương|hướng dẫn)"
    r"|nghỉ (?:thai sản|đẻ|sinh|chế độ|hết)|(?:đi|nghỉ) viện|nằm viện|vg (?:gpmb|mặt bằng|mb|đất)"
    r"|bí rồi|dịch bệnh|nắng nóng|hạn hán|quá ít|rất ít|sạt|tạm dừng|ngừng thi công|dừng (?:vì|do)|đòi|bí quá|bó tay"
    r"|vượt (?:định mức|dự toán|khả năng|thẩm quyền|mức)|(?:giá|vật liệu|vật tư)(?: \w+){0,2} (?:cao|thấp"
    r"|tăng)"
    r"|không (?!xong|hoàn thành|kịp|phải|cần)(?:\w+ ){1,3}được|không thể (?!xong|hoàn thành|kịp)\w+",
    r"vướng mắc|vướng|vuớng|vương gpmb|mắc (?:ở|chỗ|khâu)|khó khăn|khó(?! tính)|trở ngại|bất cập|ách tắc"
    r"|ùn tắc|tắc|bị tắc|kẹt|bế tắc",
    r"thiếu(?! nhi)|không đủ|chưa đủ|hết (?:kinh phí|tiền|vốn)|không có(?! (?:gì|vi phạm|sai phạm"
    r"|trường hợp|đơn thư|khiếu|việc|vấn đề|ý kiến"
    r"|phát sinh))|chẳng có|chưa có(?! (?:gì|vấn đề|ý kiến gì|phát sinh|tiến triển|biên bản|kết quả|xong))",
    r"chưa (?:bố trí|đồng ý|thống nhất|đồng thuận|phối hợp|phê duyệt|được (?:phê duyệt|bố trí|cấp|giao"
    r"|duyệt|giải ngân|phân bổ|thẩm định|chấp thuận)|duyệt|cấp|giải ngân|bàn giao|thẩm định|gửi số liệu"
    r"|nhận được|cung cấp|chịu|nhận tiền|di dời|gửi|nộp|trả lời|tháo gỡ|hướng dẫn|rõ)",
    r"không (?:phối hợp|đồng ý|chịu|liên hệ được|hợp tác|đồng thuận|nhận được|vào được|làm được"
    r"|thực hiện được|thể (?:làm|thực hiện|triển khai)|đăng nhập được|truy cập được|ký|bàn giao|nhận tiền"
    r"|nhận đền bù|hợp lệ)",
    r"(?:nhân sự|người|lực lượng) (?:quá )?mỏng|không xuể|quá sức|(?:vốn|tiền|kinh phí) chưa (?:về|được"
    r"|có)|mất (?:điện|mạng|sóng)|chưa (?:tìm|kiếm) (?:được|ra)|chưa hiểu|bỏ cuộc|neo người",
    r"(?:đề nghị|kiến nghị|đề xuất|nhờ|mong|xin)(?: \w+){0,8} (?:hỗ trợ|can thiệp|chỉ đạo|sớm|cho ý kiến"
    r"|tháo gỡ|xem xét|bố trí|cấp|tác động|đôn đốc|quan tâm|có ý kiến|đốc|giục|nhắc|thúc|bổ sung|ghi vốn|ứng vốn)",
    r"bị (?:lỗi|chia cắt|cô lập|xuống cấp|ảnh hưởng|gián đoạn|kiện|hư hỏng|nghẽn|sự cố|quá tải|thiếu|đứt"
    r"|trả|hỏng|ốm|dừng|đình chỉ|chậm|hoãn|mất|sạt|ngập|từ chối|hư|treo|vướng|cắt|phản đối|chồng)",
    r"khiếu (?:nại|kiện)|tranh chấp|lấn chiếm|chồng lấn|cản trở|phản đối|mưa(?: \w+)? (?:suốt|to|nhiều|lũ"
    r"|bão|liên tục|lớn|kéo dài|dầm)|mưa bão|mưa lũ|bão lũ|bão số|cơn bão|lũ lụt|lũ quét|sạt lở|ngập"
    r"|thời tiết xấu|quá tải|hỏng|nghỉ ốm|bỏ dở|giá (?:\w+ ){1,3}tăng|nhà thầu (?:chậm|bỏ|yếu)|chậm (?:do"
    r"|vì|huy động|bàn giao|cấp|giải ngân|trả lời|cung cấp)",
    r"(?:chưa|không) (?:\w+ ){0,4}(?:do|vì|bởi|tại|nên|vì vậy) ",
    r"(?:nên|vì vậy|do đó|cho nên)(?: \w+){0,3} (?:chưa|không|chậm)|(?:chưa"
    r"|không)(?: \w+){1,4} được (?:do|vì|bởi)|(?:do|vì)(?: \w+){1,8} nên (?:chưa|không|chậm)"
    r"|không kịp rồi|xử lý chưa được|chưa (?:xử lý|sửa|đo đạc|khắc phục|thực hiện|giải quyết|vào"
    r"|triển khai|bồi thường) được",
)

# Received, and talk beside the work.
_GOODS = (
    r"(?! (?:\w+ )?(?:tiền|đền bù|bồi thường|kinh phí|bàn giao|hỗ trợ|quà|mặt bằng|hồ sơ|ý kiến"
    r"|công văn trả lời))"
)
ACKNOWLEDGED = one_of(
    rf"(?:đã|em|mình|phòng|tôi|xã|xin|bên em|vừa|dạ|vâng|ok|cảm ơn)(?: \w+)? nhận(?: được| đủ)?{_GOODS}"
    rf"|^nhận(?: được| rồi| đủ| ạ| a| nhiệm vụ| việc| chỉ đạo| lệnh| văn bản)|^nhận",
    r"^(?:em |dạ |vâng )*(?:đã thông|thông rồi|chốt)(?: rồi| ạ| a| anh| sếp)*\s*$",
    r"(?:đã |nghe |em |mình )?(?:rõ|nắm|hiểu)(?: rồi| ạ| a| ý| được| nội dung)*|đã (?:xem|đọc|biết"
    r"|tiếp nhận|tiếp thu|ghi nhận|nắm)|tiếp nhận|tiếp thu|ghi nhận|(?:xem|đọc|biết|nghe|nắm"
    r"|nhớ) (?:được )?rồi",
    r"^em lo(?: được| ạ)*\s*$|^[oơờô]\s*$|ô kê|^(?:dạ |vâng |ừ |ok )?được(?: rồi| anh| chị| ạ| a| em| thôi"
    r"| nhé)*\s*$|^thống nhất(?: ạ| a| anh)*\s*$"
    r"|oke con dê|o+k+|oke+|oki+e?|okay|okê|okela|uki|copy(?: that)?|vâng|vầng|vang|dạ (?:vâng|em|anh|chị|ạ|rõ|được)"
    r"|^dạ\s*$|ừ|ừm|uh|uhm"
    r"|uk|yes|roger|nhất trí|đồng ý|tuân lệnh|chấp hành|noted|oke la|đc ạ|được ạ|để (?:em|mình|tôi|phòng"
    r"|xã|anh)|làm (?:ngay|đây|luôn)|(?:em|mình|phòng|xã) (?:sẽ )?(?:làm ngay|triển khai ngay|làm luôn"
    r"|triển khai luôn)",
    r"(?:báo cáo|bc|báo) sau|sẽ(?: \w+){0,3} (?:báo cáo|báo|làm|triển khai|thực hiện|tham mưu|cho|chỉ đạo"
    r"|phân công|giao|cố gắng|xử lý|kiểm tra|xem|rà soát|nghiên cứu)",
)
NOT_HEARD = before(r"(?:hộ|dân|người|nhà)(?: \w+){0,2}|chỉ|nói|làm|ghi|(?:chưa|không)(?: \w+){0,2}")
THUMBS = ("👍", "👌", "🫡", "✅", "🆗", "🙏", "💪", "❤", ":+1:", "(y)")
SMALL_TALK = one_of(
    r"happy|(?:nhắn|gửi) (?:nhầm|lộn)|(?:bỏ qua|thu hồi|xóa) tin|(?:lạnh|nóng|mệt|vui|buồn) quá|nghỉ (?:lễ|tết)"
    r"|họp phòng|chúc|sinh nhật|vui vẻ|cảm ơn|cám ơn|cảm on|tks|thanks|thank|xin lỗi|sorry|ăn (?:trưa|tối|sáng|cơm"
    r"|không|gì)|cà phê|cafe|cf|nhậu|bia|bóng đá|đá bóng|quỹ công đoàn|alo|hello|hi|hihi|haha|chào|test"
    r"|nhắn nhầm|nhầm nhóm"
    r"|link họp|số điện thoại|giao ban|thời tiết|trời|cẩn thận|mọi người|các đồng chí|cả nhà|ngủ ngon"
)
THANKS = one_of(r"cảm ơn|cám ơn|cảm on|tks|thanks|thank(?: you)?|thanks kiu")
REMINDED = one_of(r"(?:cảm ơn|cám ơn|cảm on|tks|thanks|thank)(?: \w+){0,4} nhắc")
# After a word of finishing: what is wanted of who decides, and no difficulty.
CLOSING = one_of(
    r"^(?:kính |rất )?(?:đề nghị|mong|nhờ|xin|kính mong)(?: \w+){0,4} (?:xem xét|duyệt|nghiệm thu|kết thúc|đóng"
    r"|khép|xác nhận|kiểm tra|nghỉ|dừng theo dõi)"
)
# Others have until a day to answer: what was sent to them is a step.
AWAITED = one_of(
    r"(?:thời )?hạn (?:các \w+ |chót )?(?:trả lời|góp ý|phản hồi|báo cáo|gửi|nộp|cho ý kiến|đóng góp)(?: \w+){0,4} "
    r"\d{1,2}[/.-]\d"
)
# Wanted only of what is finished, wherever in the message it stands.
CLOSED_BY_OTHERS = one_of(
    r"^(?:kính |rất )?(?:đề nghị|mong|nhờ|xin|kính mong)(?: \w+){0,4} (?:kết thúc|đóng|khép|nghiệm thu)"
)
COURTESY = one_of(r"^(?:dạ|vâng|dạ vâng|ừ|ok|ạ)(?: ạ| anh| chị| em)*\s*$")
