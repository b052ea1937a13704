"""The words of directives: who is told, what they are told to do, and where a unit's name ends.

Forms of the language only: kinds of bodies, verbs of office work, and the portfolios that ministries have by
law. No names of places.
"""

from __future__ import annotations

import re

from notices.plain import compiled

# What the name of a body begins with.
BODY = (
    "thường trực (?=hđnd|hội đồng|ủy ban|tỉnh ủy|huyện ủy|thành ủy|đảng ủy|thị ủy)(?:hđnd|hội đồng|ủy ban|tỉnh ủy|"
    "huyện ủy|thành ủy|đảng ủy|thị ủy)|"
    "ủy ban nhân dân|ubnd|ủy ban mặt trận tổ quốc việt nam|ủy ban mặt trận tổ quốc|ủy ban mttq việt nam|"
    "ubmttq việt nam|ubmttqvn|ub mttq|ubmttq|mttq việt nam|mttqvn|mttq|"
    "ủy ban|hội đồng nhân dân|hđnd|hội đồng|sở|phòng|ban|bộ|tổng cục|chi cục|cục|vụ|viện kiểm sát|viện|"
    "văn phòng|thanh tra|công an|thuế|hải quan|kho bạc|"
    "ngân hàng|mặt trận|liên đoàn|liên minh|liên hiệp|huyện đoàn|tỉnh đoàn|thành đoàn|thị đoàn|xã đoàn|hội|đoàn|huyện "
    "ủy|tỉnh ủy|thành ủy|thị ủy|quận ủy|"
    "đảng ủy|đảng bộ|chi bộ|cấp ủy|tòa án|bộ chỉ huy|ban chỉ huy|bộ tư lệnh|"
    "trung tâm|trường|đại học|học viện|bệnh viện|trạm|hạt|đội|tổ công tác|tổ|đài|"
    "báo và phát thanh,? truyền hình|báo|bảo hiểm xã hội|bhxh|"
    "bảo tàng|thư viện|điện lực|bưu điện|bưu chính|tổng công ty|"
    "công ty|tập đoàn|doanh nghiệp tư nhân|hợp tác xã|quỹ|chi nhánh|vườn quốc gia|xí nghiệp|nhà máy|"
    "kiểm toán|cảng vụ|thông tấn xã|đồn biên phòng|biên phòng|khu quản lý|"
    "cơ quan (?=ủy ban|ubmttq|mttq|ubkt|thường trực)(?:ủy ban|ubmttq|mttq|ubkt|thường trực)|hiệp hội|công đoàn|"
    "p\\.|khoa|bộ môn|phân xưởng|xưởng|nhà thầu|tư vấn|chủ đầu tư|chủ rừng|"
    "chủ hồ|"
    "viễn thông|vnpt|quân sự|"
    "quân "
    "khu|lực lượng|thống kê|"
    "xn|khu công nghệ|chính phủ|nhà hát|ban quản lý|bql|bcđ|tiểu ban|đảng đoàn"
)
# Words that begin like a body and are none.
NOT_BODY = (
    "báo cáo|báo động|tổ chức(?! (?:chính trị|đảng|đoàn|hội))|tổ hợp|ban hành|ban đầu|ban bố|đoàn kết|"
    "đoàn viên|đoàn thể|hội nghị|hội thảo|hội họp|hội viên|hội nhập|hội tụ|hội đủ|hội chợ|trường hợp|"
    "trường học|"
    "quỹ đất|đội ngũ|đội hình|bộ phận|bộ máy|bộ tiêu chí|bộ thủ tục|bộ chỉ số|bộ tài liệu|viện dẫn|vụ việc|"
    "vụ án|vụ mùa|vụ đông|vụ xuân|phòng,? chống|phòng ngừa|phòng cháy|phòng vệ|phòng họp|phòng đọc|phòng học|"
    "phòng bệnh|phòng chờ|phòng máy|phòng thi(?! đua)|phòng khách|phòng trọ|"
    "sở hữu|sở thích|sở tại|đảng viên|thanh tra(?:,| việc| trách nhiệm| công tác| đột xuất| chuyên ngành|"
    " định kỳ)|kiểm toán nội bộ|thuế (?:suất|thu nhập|giá trị|tài nguyên|đất)|công an nhân dân|"
    "đài sen|trạm thu|hạt nhân|hạt giống|báo chí|tư vấn (?:về|cho)|"
    "thống kê (?:số|tình|các|việc|toàn|những|lại|đầy|danh|hộ|diện|thiệt|kết|và|,)|"
    "khoa học|thanh tra (?:kiểm tra|lại)|"
    "quân sự (?:địa|hóa)|viện trợ|viện phí|cục bộ|đại học hóa|hải quan điện"
)
# Persons by their office.
PERSON = (
    "công chức|cán bộ phụ trách|chuyên viên|phó thủ tướng thường trực|phó thủ tướng|thủ tướng|chủ tịch nước|"
    "phó chủ tịch thường trực|phó chủ tịch|chủ tịch hội đồng thành viên|chủ tịch hội đồng quản trị|chủ tịch|"
    "phó giám đốc|tổng giám đốc|phó tổng giám đốc|"
    "giám đốc|thủ trưởng|người đứng đầu|"
    "lãnh đạo|phó trưởng phòng|trưởng phòng|phó trưởng khoa|trưởng khoa|điều dưỡng trưởng|"
    "phó trưởng ban|trưởng ban|phó chánh văn phòng|chánh văn phòng|phó chánh thanh tra|chánh thanh tra|"
    "phó hiệu trưởng|hiệu trưởng|kế toán trưởng|bộ trưởng|"
    "thứ trưởng|phó bí thư thường trực|phó bí thư|bí thư|phó chi cục trưởng|phó cục trưởng|chi cục trưởng|cục trưởng|"
    "vụ trưởng|"
    "viện trưởng|tổng cục trưởng|tổng biên tập|tổng thanh tra|tổng kiểm toán|thống đốc|chánh án|"
    "bác sĩ|bs|kế toán(?! trưởng)|thủ quỹ|trưởng công an|chỉ huy trưởng|tổ trưởng|đội trưởng|trưởng thôn|trưởng bản|"
    "các đồng chí|đồng chí|đ/c|các ông|ông|bà|anh|chị|thầy|cô|trưởng các|nhân viên (?:bảo vệ|y tế|thư viện|"
    "thiết bị|văn thư)|"
    "bảo vệ(?= (?:kiểm tra|trực|khóa|tắt|ghi|mở))|văn thư|thư ký|thủ kho|tổng phụ trách(?: đội)?|giám thị|lái xe"
)
# Bodies that are only named by their kind.
KIND = (
    "cơ quan chuyên môn|cơ quan chức năng|cơ quan ngang bộ|cơ quan thuộc chính phủ|cơ quan hành chính|"
    "cơ quan thông tấn, báo chí|cơ quan thông tấn|cơ quan báo chí|cơ quan|"
    "cơ sở đào tạo|cơ sở giáo dục đại học|cơ sở y tế|cơ sở khám bệnh, chữa bệnh|"
    "cục|vụ|viện|chi cục|tổng cục|trung tâm|khoa lâm sàng|khoa cận lâm sàng|khoa|tổ chuyên môn|tổ đảng|"
    "ban quản lý dự án|ban quản lý|"
    "giáo viên chủ nhiệm|giáo viên|viên chức|công đoàn viên|chi bộ|đảng ủy|đảng bộ|tổ chức đảng|đơn vị sự nghiệp công "
    "lập|đơn vị sự nghiệp|đơn vị|địa phương|"
    "sở|ban|bộ|ngành|phòng|tổ chức chính trị - xã hội|tổ chức chính trị xã hội|tổ chức đảng|tổ chức|đoàn thể|hội|"
    "hội đoàn thể|xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|đặc khu|quận|cấp|"
    "doanh nghiệp|chủ đầu tư|nhà đầu tư|nhà thầu|trường|trường học|cơ sở giáo dục|cơ sở|"
    "chính quyền địa phương|chính quyền các cấp|chính quyền|cấp ủy|cấp ủy đảng|thành viên|bộ phận|"
    "thôn|bản|tổ dân phố|khu phố|khối phố|lực lượng chức năng|lực lượng|công ty|lớp|bệnh viện|xí nghiệp|nhà máy|chi "
    "nhánh|phân "
    "xưởng|đại biểu|tổ(?! chức)|đội(?! ngũ)|nhóm|"
    "phòng chuyên môn|mặt trận|ủy viên|hợp tác xã|cá nhân|cán bộ|công chức|người lao động|nhân viên|"
    "trường mầm non|trường tiểu học|trường phổ thông|nhà trường|nhà xuất bản|tổ chức tín dụng|"
    "xn|nhà mạng|chủ rừng|chủ hồ|chủ tàu|chủ dự án"
)
PLURAL = (
    "các|những|tất cả các|toàn thể các|toàn bộ các|toàn thể|toàn(?= (?:đơn vị|cơ quan|ngành|trường|viện))|mỗi|từng|"
    "\\d{1,3}"
)

# Portfolios of several parts, as ministries and the departments under them have had by law: a comma or "và"
# in them parts nothing.
PORTFOLIOS = (
    r"giám sát\s*,\s*kiểm tra và xử lý sau thanh tra|tài chính\s*[,-]?\s*kế toán|kế hoạch tổng hợp|"
    r"nội tổng hợp|y tế dự phòng|nghiên cứu phát triển(?= thành phố| tỉnh)|lao động\s*[,-]\s*thương binh và xã hội|"
    r"văn "
    r"hóa\s*,\s*thể thao và du "
    r"lịch|"
    r"quản lý khám\s*,\s*chữa bệnh|khám bệnh\s*,\s*chữa bệnh|quản lý đê điều và phòng\s*,\s*chống thiên tai|"
    r"phòng cháy\s*,\s*chữa cháy(?: và cứu nạn\s*,\s*cứu hộ)?|"
    r"phòng\s*,\s*chống (?:thiên tai|tham nhũng|ma túy|tệ nạn xã hội)|văn hóa\s*,\s*khoa học và thông tin|"
    r"văn hóa\s*,\s*thông tin và thể thao|văn hóa và thể thao|văn hóa và thông tin|văn hóa\s*[-,]\s*xã hội|"
    r"kinh tế\s*,\s*hạ tầng và đô thị|"
    r"kinh tế và hạ tầng|nông nghiệp và (?:phát triển nông thôn|ptnt)|nông nghiệp và môi trường|"
    r"tài nguyên và môi trường|khoa học và công nghệ|"
    r"tài chính và kế hoạch|giáo dục và đào tạo|thông tin và truyền thông|kế hoạch và đầu tư|dân tộc và tôn giáo|"
    r"tài chính\s*-\s*kế hoạch|du lịch và thể thao"
    r"|giáo dục nghề nghiệp\s*-\s*giáo dục thường xuyên|giáo dục thường xuyên|công nghệ thông tin|dịch vụ tổng hợp"
    r"|lao động và xã hội|giao thông vận tải|quản lý đô thị|y tế|tài chính|nội vụ|tư pháp|công thương|ngoại vụ|"
    r"ngoại giao|dân tộc|tôn giáo|văn hóa xã hội|tổ chức\s*[,-]?\s*cán bộ|"
    r"tổ chức\s*[,-]\s*hành chính|tổ chức hành chính|hành chính\s*[,-]\s*quản trị|kế hoạch\s*-\s*kỹ thuật|"
    r"vật tư\s*[,-]\s*thiết bị y tế|quản lý chất lượng|công tác xã hội|công nghệ thông tin|"
    r"kinh tế\s*,\s*hạ tầng|phục vụ hành chính công|vật tư\s*[,-]\s*trang thiết bị|khoa học và đào tạo|"
    r"phổ biến\s*,?\s*(?:và )?giáo dục pháp luật|phát thanh\s*,\s*truyền hình|phát thanh và truyền hình|"
    r"tổ chức\s*[,-]\s*nhân sự|an ninh\s*,\s*trật tự"
)

# Verbs of office work that end a unit's name when they stand after it in small letters.
VERB = (
    "chủ trì|trực tiếp|chủ động|phối hợp|tham mưu|tập trung|rà soát|xây dựng|khẩn trương|tiếp tục|tổ chức|"
    "hướng dẫn|kiểm tra|kiểm soát|báo cáo|chỉ đạo|đẩy mạnh|đẩy nhanh|tăng cường|thực hiện|triển khai|"
    "hoàn thành|hoàn thiện|hoàn tất|nghiên cứu|đề xuất|cung cấp|thường xuyên|nghiêm túc|kịp thời|"
    "quan tâm|bố trí|cân đối|theo dõi|đôn đốc|tổng hợp|trình|ban hành|có trách nhiệm|có kế hoạch|"
    "có giải pháp|có biện pháp|có ý kiến|có văn bản|chịu trách nhiệm|xem xét|quyết định|giải quyết|"
    "xử lý|khắc phục|thẩm định|lập|gửi|công bố|công khai|tuyên truyền|vận động|phổ biến|quán triệt|"
    "lãnh đạo|thống nhất|(?<!bầu\\s)cử|nắm|bảo đảm|đảm bảo|duy trì|phát huy|phát động|hỗ trợ|tạo điều kiện|"
    "tháo gỡ|tìm kiếm|sớm|lưu ý|chuẩn bị|tích cực|đề cao|nâng cao|giám sát|đánh giá|cập nhật|tham gia|"
    "yêu cầu|đề nghị|giao(?! thông| dịch| lưu| tiếp)|phân công|chấn chỉnh|quyết liệt|tận dụng|sử dụng|"
    "huy động|rút kinh nghiệm|"
    "kiểm điểm|thông báo|thông tin|trao đổi|làm việc|làm rõ|làm tốt|xác định|xác minh|đăng ký|"
    "bàn giao|tiếp nhận|tiếp thu|liên hệ|mời|hướng tới|phấn đấu|khai thác|chăm lo|ưu tiên|thành lập|"
    "kiện toàn|sắp xếp|tuyển dụng|khảo sát|điều chỉnh|bổ sung|sửa đổi|thống kê|tính toán|xác nhận|"
    "phê duyệt|cấp phép|thanh tra|quản lý|phát triển|thúc đẩy|mở rộng|áp dụng|ứng dụng|đầu tư|"
    "ngăn chặn|phòng ngừa|điều tra|đấu tranh|bảo vệ|chấp hành|góp ý|thu hút|kêu gọi|khuyến khích|"
    "giới thiệu|tư vấn|đào tạo|bồi dưỡng|tập huấn|nhân rộng|lồng ghép|xúc tiến|kết nối|đổi mới|"
    "cải thiện|cải cách|xin|vận hành|số hóa|chuyển đổi|tiến hành|giải ngân|bám sát|gương mẫu|nêu cao|"
    "tránh|chú trọng|coi trọng|ráo riết|nỗ lực|tổng kết|sơ kết|khen thưởng|phát hiện|tố giác|"
    "truy quét|tuần tra|phổ cập|kiên quyết|tạm dừng|cắt giảm|đơn giản|định kỳ|hằng|hàng|sẵn sàng|"
    "khởi công|thi công|nghiệm thu|thanh toán|quyết toán|di dời|thu hồi|bồi thường|giải phóng|nộp|"
    "đưa ra|đưa vào|lấy ý kiến|thu thập|ký kết|ký cam kết|trả lời|trả kết quả|giữ vững|giữ gìn|"
    "tự (?:đánh giá|chịu|bảo đảm|đảm bảo|tổ chức|xây dựng|giác|túc)|phục vụ(?! hành chính| nhân dân)|quan trắc|dự toán|"
    "thông quan|cảnh giới|giúp việc (?=cho)|dự (?=họp|sinh hoạt|hội|lễ|giao ban)|trích lục|đích thân|"
    "cam kết|đầu mối|liên kết|"
    "đồng chủ trì|làm (?:đầu mối|tốt|dứt điểm|xong|ngay|tờ trình|hồ sơ|thủ tục|việc với)|tạm ngừng|trân trọng|"
    "cùng với|cùng phối hợp|tự kiểm tra|tự rà soát|đặc biệt quan tâm|gắn với|đến trước"
)
# The rest of the verbs, met less often.
VERB_MORE = (
    "tuân thủ|tuyệt đối tuân thủ|"
    "kiểm kê|khơi thông|chăm sóc|trang trí|phân bổ|thu gom|tiêm phòng|cấp phát|niêm yết|đối thoại|tiếp công dân|"
    "giải trình|giải đáp|tuyên dương|biểu dương|kỷ luật|đình chỉ|tham dự|lựa chọn|đấu thầu|đấu giá|mua sắm|sửa chữa|"
    "cải tạo|nâng cấp|lắp đặt|trang bị|vận chuyển|chi trả|cấp kinh phí|hoàn trả|đối chiếu|chốt|tổng rà soát|"
    "phân loại|họp|mở sổ|mở lớp|mở|dự trù|nạo vét|sửa|mua|lắp|trả|dừng|khóa|tháo dỡ|tháo|hoàn chỉnh|ghi|nêu|tăng|"
    "giảm|dọn|trồng|cắm|vẽ|kiểm đếm|cắt|chằng|gia cố|túc trực|dành|tìm|lấy|chọn|cưỡng chế|xử phạt|xử trí|"
    "di chuyển|kê cao|thay thế|thay|bán|chấm|nhập|đăng|tải|đón|trao|tặng|khánh thành|đưa|rút|thôi|xóa|phun|chở|"
    "ban bố|bắn|đàm phán|đăng kiểm|tiết kiệm|soát lại|lo|tắt|thương thảo|giải tỏa|đối soát|chiếu|nối|khôi phục|giữ|"
    "treo|gặp|nhắc|chuyển (?:trụ sở|địa điểm)|ra mắt|giải trình|đeo|mặc|sinh hoạt|điều phối|điều tiết|điều động|"
    "bổ nhiệm|luân chuyển|phát dọn|"
    "tổng vệ sinh|"
    "cắt tỉa|sao lưu|"
    "chạy thử|thử nghiệm|súc xả|canh gác|thu hoạch|gieo cấy|nhận diện|chịu (?=trách)|rút ngắn|xét duyệt|phê bình|"
    "lưu trữ|bảo quản|nhập dữ liệu|cài đặt|tích hợp|chia sẻ|đồng bộ|khai báo|kê khai|công nhận|tạm ứng|phản ánh|"
    "chỉnh sửa|chỉnh lý|chỉnh trang|soạn thảo|biên soạn|phát hành|truyền thông|phát sóng|đưa tin|quảng bá|hưởng ứng|"
    "ra quân|diễn tập|ứng phó|phòng chống|cứu trợ|sơ tán|vệ sinh|phân tích|dự báo|cảnh báo|rà phá|ký hợp đồng|"
    "phát triển|thỏa thuận|kiểm định|kiểm nghiệm|chấm dứt|chấm điểm|xếp loại|bình xét|đo đạc|cắm mốc|xác nhận|gia hạn"
)
VERB = f"{VERB}|{VERB_MORE}"
# Small words at which a name has certainly ended.
STOP = (
    "kết luận|kiến nghị|khẳng định|nhấn mạnh|cho biết|cũng|đều|nên|hãy|chỉ|phụ trách|để|trong|khi|nếu|theo|tại|đã|sẽ|"
    "phải|(?<!hậu\\s)cần|do|từ|với|nhằm|về|ở|căn cứ|"
    "trên cơ sở|trước|sau|"
    "đến|là|không|chưa|được|ngay|cho|và các nội dung|đối với|như|gồm|bao gồm|qua|"
    "thông qua|trừ|ngoài|vào|chậm nhất|muộn nhất|cụ thể|tùy|dưới|bằng|nơi|mà|hoặc có|hay|rằng|đồng thời|"
    "vừa|đang|vẫn|còn|nhất là|sao cho|tính"
)
QUALIFIER = (
    "có liên quan|liên quan|tham mưu,? giúp việc|quân đội|các lớp|các khối lớp|có chức năng|chức năng|"
    "có thẩm quyền|thẩm quyền|nêu trên|nói trên|trên|khác|"
    "được giao nhiệm vụ|được giao(?! (?:chủ trì|phối hợp|thực hiện|quản lý))|được phân công|trực thuộc|thuộc|của|"
    "trên địa bàn|"
    "cấp|trong toàn|toàn|địa phương|có dự án|ở địa phương|tỉnh|huyện|thành phố|thị xã|xã|phường|thị trấn|"
    "xây dựng đảng|chính trị - xã hội|ở trung ương|chuyên môn|chủ quản|phụ trách|đóng trên địa bàn|này|còn lại|trung "
    "ương"
)

# What may stand between "các xã" and the colon before their names.
WHICH = "ven biển|ven sông|vùng cao|vùng|miền núi|biên giới|phía|khu vực|thuộc|trọng điểm|có|sau|gồm|bao gồm|được|trên"

# Letters that stand for a topic or a kind of paper, not for a body.
TOPICS = (
    "CNTT|CCHC|PCCC|ATTP|ATGT|ANTT|TTATXH|KTXH|KT|XH|QPAN|QP|AN|NTM|OCOP|GPMB|XDCB|ĐTC|ĐTXD|NSNN|QLNN|BVMT|CSDL|DVC|"
    "DVCTT|TTHC|VBQPPL|THPT|THCS|TH|MN|BHYT|BHTN|GDP|GRDP|PAPI|PCI|PAR|KPI|ODA|FDI|USD|VND|VNĐ|API|AI|IOC|QR|PT|ICT|"
    "TW|TU|QĐ|KH|TB|CV|BC|NQ|CT|CĐ|HD|NĐ|CP|VB|PL|TP|TX|TT|TDP|HS|HSSV|CBCCVC|CBCC|CBVC|CB|NLĐ|TNGT|SXKD"
)
GIVE = (
    "giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao(?! ban (?:tuần|tháng|quý|đầu|cuối|định|ngày|sáng|chiều|lần|"
    "sxkd|sản xuất|công tác|trực tuyến|chuyên môn|báo chí|thường|với)|"
    " thông| dịch| lưu| tiếp| đất| nhận| nộp)|yêu cầu|đề nghị|chỉ đạo|phân công|ủy quyền cho|"
    "ủy quyền|đồng ý giao|thống nhất giao|kính đề nghị|kính mong|trân trọng đề nghị|kiến nghị|nhắc nhở|"
    "phê bình và yêu cầu"
)
GIVING = compiled(rf"(?<!được\s)(?<!vụ\s)\b(?:{GIVE})\b")
# For the coverage check: a sentence with one of these may give a task.
TASKING = compiled(
    r"(?<!được\s)(?<!đã\s)\b(?:(?:giao|phân công)(?! ban (?:tuần|tháng)| thông| dịch) (?=[^,.;]{2,80}\b(?:chủ trì|"
    r"tham mưu|phối hợp|"
    r"thực hiện|rà soát|xây dựng|tổ chức|báo cáo|hướng dẫn|kiểm tra|theo dõi|đôn đốc|chỉ đạo|hoàn thành))|"
    r"yêu cầu (?!về|của|cao|thực tế|kỹ thuật|nhiệm vụ|đặt|phát triển)|(?:đề nghị|kiến nghị) (?!của|tại|về)|"
    r"khẩn trương|chịu trách nhiệm|có trách nhiệm|hoàn thành (?:trước|trong|chậm|việc|xong)|"
    r"chủ trì,? phối hợp|chủ trì tham mưu|tham mưu (?!của|giúp)|chỉ đạo (?!của|tại|điều hành|số))"
)
NOT_WORDS = re.compile(r"[\W_]+")
