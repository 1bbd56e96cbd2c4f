"""The words of papers, as files people may change: one wording a paper, read line by line.

The head comes first, a key and its text on each line; after an empty line the body, a paragraph on each line. A line
begins with a mark where it is something else: `~` a legal basis, `=` a heading, `^` a centred line, `#` a note that is
not printed. Six dots `…` or more at the end of a paragraph run to the margin. `?` before all of these leaves the line
out when a name on it has no value; without it, dots are printed for whoever completes the paper by hand.

A file of the same name under `DANVAN_HOME/papers` wins. One that cannot be read whole is refused, never half printed
and never silently replaced by ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings

from danvan.base.errors import Refused
from danvan.base.official import TO_FILL_IN, Basis, Centred, Heading, Part
from danvan.matters.documents.blanks import BLANKS
from danvan.rules.text import nfc

SHIPPED = Path(__file__).parent.parent / "data" / "papers"
DOTS = "………………"
NAME = re.compile(r"\{([^{}]*)\}")
LONG = re.compile(r"\s*…{6,}[./]*$")
"""Dots at the end of a paragraph run to the margin, however many were typed."""
MARKS = {"~": Basis, "=": Heading, "^": Centred}
HEAD = {
    "tên": "name", "loại": "kind_title", "ký hiệu": "symbol", "trích yếu": "about", "thẩm quyền": "authority",
    "kính gửi": "addressees", "ký": "signer", "bên ký": "signatures", "nơi nhận": "recipients",
}  # fmt: skip
REPEATED = frozenset({"addressees", "signer", "signatures", "recipients"})
Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Said:
    """One line of a wording."""

    text: str
    mark: str = ""
    is_optional: bool = False

    def filled(self, values: Values) -> Iterator[str]:
        """The line with its names replaced; a line that is nothing but a list becomes a line for each."""
        names = [_key(name) for name in NAME.findall(self.text)]
        if self.is_optional and not all(values.get(name) for name in names):
            return
        alone = NAME.fullmatch(self.text)
        listed = values.get(names[0]) if alone else None
        if isinstance(listed, tuple) and listed:
            yield from listed
        else:
            text = NAME.sub(lambda match: _joined(values.get(_key(match[1]))), self.text)
            yield text[:1].upper() + text[1:] if self.text.startswith("{") else text


@dataclass
class Wording:
    """One paper in words; `kind_title` empty: a letter. `origin` is the file it was read from."""

    key: str
    origin: Path
    name: str = ""
    kind_title: str = ""
    symbol: str = ""
    about: str = ""
    authority: str = ""
    addressees: list[Said] = field(default_factory=list)
    signer: list[Said] = field(default_factory=list)
    signatures: list[Said] = field(default_factory=list)
    recipients: list[Said] = field(default_factory=list)
    body: list[Said] = field(default_factory=list)

    def parts(self, values: Values) -> tuple[Part, ...]:
        """The body; legal bases end as the form asks, each with a semicolon and the last with a full stop."""
        made: list[Part] = []
        for said in self.body:
            make = MARKS.get(said.mark)
            made += [make(text) if make else LONG.sub(TO_FILL_IN, text) for text in said.filled(values)]
        return tuple(_ended(part, following) for part, following in zip(made, [*made[1:], ""], strict=True))


def _ended(part: Part, following: Part) -> Part:
    if not isinstance(part, Basis):
        return part
    return Basis(part.text.rstrip(" ;.,") + (";" if isinstance(following, Basis) else "."))


def lines(saids: Iterable[Said], values: Values) -> tuple[str, ...]:
    return tuple(text for said in saids for text in said.filled(values))


def line(text: str, values: Values) -> str:
    return "".join(Said(text).filled(values))


def _key(name: str) -> str:
    return " ".join(nfc(name).casefold().split())


def _joined(value: str | tuple[str, ...] | None) -> str:
    return ("; ".join(value) if isinstance(value, tuple) else value) or DOTS


class Faulty(Refused):
    """A wording that cannot be read whole; the sentence names the file and the line."""

    status = 409

    def __init__(self, path: Path, number: int, sentence: str) -> None:
        where = f"{path.name}, dòng {number}" if number else path.name
        super().__init__("wording", f"Mẫu văn bản có lỗi ({where}): {sentence} Hãy báo người vận hành hệ thống.")


def own_folder() -> Path:
    """Where the operator keeps wordings of their own."""
    return Path(settings.HOME) / "papers"


def chosen(name: str) -> Path:
    """The operator's file where there is one, else ours."""
    own = own_folder() / name
    return own if own.exists() else SHIPPED / name


def shipped_keys() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.txt"))


def wording(key: str) -> Wording:
    """One wording, read whole; refuses a file that cannot be, with the line and what is wrong there."""
    path = chosen(f"{key}.txt")
    found = Wording(key, path)
    in_body = False
    for number, typed in enumerate(_text(path).splitlines(), 1):
        text = typed.strip()
        if text.startswith("#"):
            continue
        if not text:
            in_body = in_body or bool(found.name)
            continue
        _check_names(path, number, text)
        if in_body:
            found.body.append(_said(text))
        else:
            _head(found, path, number, text)
    if not found.name or not found.body:
        raise Faulty(path, 0, "thiếu phần đầu (dòng “Tên:”) hoặc phần thân sau một dòng trống.")
    return found


def _text(path: Path) -> str:
    try:
        return nfc(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Faulty(path, 0, "tệp không phải chữ UTF-8.") from error
    except OSError as error:
        raise Faulty(path, 0, "không đọc được tệp.") from error


def _said(text: str) -> Said:
    is_optional = text.startswith("?")
    text = text.removeprefix("?").strip()
    mark = text[0] if text and text[0] in MARKS else ""
    return Said(text.removeprefix(mark).strip(), mark, is_optional)


def _head(found: Wording, path: Path, number: int, text: str) -> None:
    key, colon, value = text.partition(":")
    attribute = HEAD.get(_key(key))
    if not colon or attribute is None:
        raise Faulty(path, number, f"phần đầu chỉ có {', '.join(HEAD)}; mỗi mục một dòng, có dấu hai chấm.")
    if attribute in REPEATED:
        getattr(found, attribute).append(_said(value.strip()))
    elif getattr(found, attribute):
        raise Faulty(path, number, f"mục “{key.strip()}” ghi hai lần.")
    else:
        setattr(found, attribute, value.strip())


def _check_names(path: Path, number: int, text: str) -> None:
    if NAME.sub("", text).strip("{}") != NAME.sub("", text) or set(NAME.sub("", text)) & set("{}"):
        raise Faulty(path, number, "dấu ngoặc nhọn không đủ cặp.")
    for name in NAME.findall(text):
        if _key(name) not in BLANKS:
            near = get_close_matches(_key(name), BLANKS, n=1)
            hint = f" Có phải “{{{near[0]}}}”?" if near else ""
            raise Faulty(path, number, f"không có chỗ điền “{{{name}}}”.{hint}")
