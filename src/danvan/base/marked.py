"""Turns away what bears a secrecy mark, before anything of it is kept or logged."""

from django.utils.translation import gettext as _

from danvan.base.errors import Invalid
from danvan.rules.secrecy import Secrecy, secrecy_mark, secrecy_mark_in_name


def refuse_marked(text: str, field: str) -> None:
    """Refuses a text with a mark: typed, or the text layer of a paper."""
    _refuse(secrecy_mark(text), field)


def refuse_marked_name(file_name: str, field: str) -> None:
    _refuse(secrecy_mark_in_name(file_name), field)


def _refuse(mark: Secrecy | None, field: str) -> None:
    if mark is not None:
        sentence = _(
            "Có dấu “%(mark)s”. Tài liệu và nội dung bí mật nhà nước không được đưa vào phần mềm này; chưa phần nào "
            "được lưu lại. Hãy chuyển bản giấy cho văn thư bảo mật của đơn vị."
        )
        raise Invalid("secret", sentence % {"mark": mark.value}, field)
