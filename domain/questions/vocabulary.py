"""The words questions about directives are made of, without diacritics."""

from __future__ import annotations

import re

MARKS = frozenset("UPNDTW?%")


def cue(*patterns: str) -> re.Pattern[str]:
    """One pattern for several wordings of whole words; a space stands for a space."""
    return re.compile(rf"(?<!\S)(?:{'|'.join(patterns)})(?!\S)")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


KNOWN = words_of("""
    DAU
    a ai an anh ban bang bao bay ben bi biet bo boi bot c ca cac cai can cao cap cham chi chieu chinh cho chot
    chua chung co coi con cong cua cung cuoi da dang danh dao dau day dc deadline dem den deu di dia diem dinh
    do doi don dong ds dua dung duoc duoi duyet e em gan gap gi giai gian giao gio gioi giu giua giup go gui ha
    han hang hay hen het hien hinh ho hoac hoan hoi hom hon hop huyen it ke kem ket keu kha khac khai khan kho
    khoan khoi khong kia kiem kien ko la lai lam lan lau le len lich lien liet lo luan luc luon luong ly ma mac
    may minh moi mot muc nai nam nang nao nay nganh ngay nghen nghi nguoi nguy nguyen nha nhan nhanh nhat nhe
    nhi nhiem nhieu nhom nhu nhung no noi nop nua oi om phai phan phe phong phu phuong qua quan quy quyet ra rat
    rieng roi sach sanh sao sap sat sau sep so ta tac tai tat te thang thanh thao thay the them theo thi thoi
    thong thuc thuoc ti tien tiep tiet tinh toan toi ton tong top tot tra trach tram tran tre tren trien trinh
    trong truoc tu tuan tung ty va van vang vao vay ve vi viec voi vu vua vuong xa xac xem xep xin xong xu xuat
    xuong yeu canh nhau dat
""")


def is_known(word: str) -> bool:
    """Whether a word of a question, or a mark, is one the rules know what to do with."""
    return word in MARKS or word in KNOWN or word.isdigit()


def unknown(line: str) -> int:
    """How many words of a question none of the rules knows."""
    return sum(not is_known(word) for word in line.split())
