"""What can stand in the template of a paper: its variables, with what they mean to who edits it.

The names are Vietnamese without diacritics: clerks type them into Word.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.sheets import Facts


@dataclass(frozen=True)
class Field:
    """A variable of a template.

    Attributes:
        name: as it is typed.
        meaning: for who edits, in Vietnamese.
        required: a template without it is not used.
        of: the variables of each row, where it is a list of rows.
        many: it is a list; of plain words where ``of`` is empty.
        is_switch: it is yes or no, for ``{%p if … %}`` alone.
    """

    name: str
    meaning: str
    required: bool = False
    of: tuple[Field, ...] = ()
    many: bool = False
    is_switch: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of paper.

    Attributes:
        name: of its template, without ``.docx``.
        title: what it is, in Vietnamese.
        fields: all that its template may name.
    """

    name: str
    title: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        """The template's file name."""
        return f"{self.name}.docx"

    @property
    def names(self) -> frozenset[str]:
        """Of all fields."""
        return frozenset(field.name for field in self.fields)

    def sample(self) -> Facts:
        """Something for every variable: a template that can be filled with it can be filled."""
        return _sample(self.fields)


HEADING = (
    Field("co_quan_chu_quan", "cơ quan chủ quản, chữ in hoa; trống nếu không đặt"),
    Field("co_quan", "tên cơ quan ban hành, chữ in hoa", required=True),
    Field("so_ky_hieu", "“Số: ……/BC-UBND”", required=True),
    Field("noi_va_ngay", "địa danh và ngày, “Mẫu Sơn, ngày 05 tháng 02 năm 2026”", required=True),
    Field("tham_quyen", "thẩm quyền ký, “TM. ỦY BAN NHÂN DÂN”; trống nếu không đặt"),
    Field("chuc_vu", "chức vụ người ký"),
    Field("nguoi_ky", "họ tên người ký"),
    Field("noi_nhan", "các dòng nơi nhận, đã có gạch đầu dòng và dấu câu", many=True),
)
"""The variables that every paper has; ``domain.sheets.heading`` fills them."""


def _sample(fields: tuple[Field, ...]) -> Facts:
    return {field.name: _value(field) for field in fields}


def _value(field: Field) -> object:
    if field.is_switch:
        return True
    if field.of:
        return [_sample(field.of), _sample(field.of)]
    return [f"{field.name} 1", f"{field.name} 2"] if field.many else f"{field.name} & <1>"
