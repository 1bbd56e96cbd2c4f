"""Sentences: ours are Vietnamese and exist in English; Django's own are said in our words."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from django.utils import translation

import danvan
from danvan.matters.kinds import Field, Finding, Kind, Outcome, Reason, ReplyBy, Settled
from danvan.rules.told import told_to_citizens

PACKAGE = Path(danvan.__file__).parent
LOCALE = PACKAGE / "web" / "locale"
ENTRY = re.compile(r'^msgid (".*")\n(?:msgid_plural .*\n)?msgstr(?:\[0\])? (".*")$', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}|%[sd]")
IN_TEMPLATES = re.compile(r"""\{% translate (?:"([^"]+)"|'([^']+)')""")
IN_BLOCKS = re.compile(r"\{% blocktranslate\b([^%]*)%\}(.*?)(?:\{% plural %\}.*?)?\{% endblocktranslate %\}", re.DOTALL)
VALUE = re.compile(r"\{\{ (\w+) \}\}")


def catalogue(language: str) -> dict[str, str]:
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    return {ast.literal_eval(msgid): ast.literal_eval(text) for msgid, text in ENTRY.findall(source) if msgid != '""'}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    """Otherwise run scripts/messages.sh."""
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    singular = {key[0] if isinstance(key, tuple) else key: text for key, text in reversed(compiled.items()) if key}
    assert singular == {msgid: text for msgid, text in catalogue(language).items() if text}


def sentences(pattern: str) -> set[str]:
    found = [path.read_text() for path in PACKAGE.glob(pattern)]
    plain = {one or other for page in found for one, other in IN_TEMPLATES.findall(page)}
    return {sentence.replace("%", "%%") for sentence in plain} | {block for page in found for block in blocks(page)}


def blocks(page: str) -> Iterator[str]:
    """Sentences with values, as they are collected."""
    for options, text in IN_BLOCKS.findall(page):
        lines = [line.strip() for line in text.strip().splitlines()] if "trimmed" in options else [text]
        yield VALUE.sub(r"%(\1)s", " ".join(lines).replace("%", "%%"))


def test_every_sentence_of_a_template_was_collected() -> None:
    """Otherwise run scripts/messages.sh."""
    assert sentences("*/templates/**/*.*") - set(catalogue("en")) == set()


@pytest.mark.parametrize(
    "pattern", ["*/templates/*/portal/**/*.*", "commitments/templates/commitments/parts/*.*", "web/templates/**/*.*"]
)
def test_every_page_of_the_public_and_the_frame_is_there_in_english(pattern: str) -> None:
    """The officers' own pages are Vietnamese; what of them is translated is a courtesy."""
    english = catalogue("en")
    assert sorted(sentence for sentence in sentences(pattern) if not english.get(sentence)) == []


def test_every_act_stage_step_and_clock_a_citizen_may_read_about_is_there_in_english() -> None:
    """A new row of a table of the rules needs its English: run scripts/messages.sh, then write it."""
    english = catalogue("en")
    assert [sentence for sentence in told_to_citizens() if not english.get(sentence)] == []


SPEAKS_TO_CITIZENS = ("*/portal/**/*.py", "*/portal.py", "*/forms/portal/*.py", "matters/queries/case_story.py",
                      "matters/queries/tracking.py", "commitments/terms.py", "commitments/kinds.py", "commitments/forms.py",
                      "web/wording.py")  # fmt: skip


@pytest.mark.parametrize("pattern", SPEAKS_TO_CITIZENS)
def test_what_a_module_says_to_citizens_is_there_in_english(pattern: str) -> None:
    english = catalogue("en")
    said = {sentence for path in PACKAGE.glob(pattern) for sentence in marked(path)}
    assert sorted(sentence for sentence in said if not english.get(sentence)) == [] != said


def marked(path: Path) -> Iterator[str]:
    """The sentences handed to gettext."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            (first, *_rest) = node.args
            if isinstance(first, ast.Constant):
                yield str(first.value)


MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}


@pytest.mark.parametrize("choices", [Kind, Field, ReplyBy, Settled, Outcome, Finding, Reason], ids=lambda c: c.__name__)
def test_every_choice_and_outcome_a_citizen_is_shown_is_there_in_english(choices: Any) -> None:
    with translation.override("vi"):
        labels = [str(label) for label in choices.labels]
    assert [label for label in labels if not catalogue("en").get(label)] == []


TO_CITIZENS = ("*/templates/*/portal/**/*.*", "*/portal/**/*.py", "*/portal.py", "*/forms/portal/*.py", "outreach/templates/**/*.txt",
               "web/templates/web/home.html", "web/templates/web/privacy.html", "web/templates/web/accessibility.html")  # fmt: skip


@pytest.mark.parametrize("pattern", TO_CITIZENS)
def test_whoever_writes_to_an_office_is_addressed_with_respect_everywhere(pattern: str) -> None:
    """Pages, letters and e-mails say “ông/bà”; “bạn” is for officers among themselves."""
    files = [path for path in PACKAGE.glob(pattern) if path.is_file() and path.suffix != ".pyc"]
    assert [path.name for path in files if re.search(r"\b[Bb]ạn\b", path.read_text())] == [] != files


@pytest.mark.parametrize("language", ["vi", "en"])
def test_placeholders_survive_translation(language: str) -> None:
    pairs = [(msgid, text) for msgid, text in catalogue(language).items() if text]
    assert [
        msgid for msgid, text in pairs if sorted(PLACEHOLDER.findall(msgid)) != sorted(PLACEHOLDER.findall(text))
    ] == []


EMPTY = SimpleUploadedFile("a.pdf", b"")
PROGRAM = SimpleUploadedFile("a.exe", b"MZ")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (forms.CharField(), "", "Hãy điền mục này."),
        (forms.CharField(min_length=20), "ngắn", "Cần ít nhất 20 ký tự, mới có 4."),
        (forms.CharField(max_length=3), "quá dài", "Nhiều nhất 3 ký tự, đang có 7."),
        (forms.CharField(), "a\0b", "Nội dung có ký tự không dùng được."),
        (forms.IntegerField(), "ba", "Cần một số nguyên, như 1.234."),
        (forms.IntegerField(min_value=0), "-1", "Không được nhỏ hơn 0."),
        (forms.IntegerField(max_value=9), "10", "Không được lớn hơn 9."),
        (forms.DecimalField(), "ba", "Cần một con số, như 1.234 hoặc 97,13."),
        (forms.DecimalField(decimal_places=1), "1.25", "Nhiều nhất 1 chữ số sau dấu phẩy."),
        (forms.TimeField(), "25:00", "Giờ không đúng. Viết như 14:05."),
        (forms.EmailField(), "hoa", "Địa chỉ thư điện tử không đúng, cần có dạng ten@noi.vn."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Hãy chọn trong danh sách; “b” không có trong đó."),
        (forms.UUIDField(), "x", "Mã định danh không đúng."),
        (forms.FileField(), None, "Hãy điền mục này."),
        (forms.FileField(), EMPTY, "Tệp rỗng."),
        (
            forms.FileField(validators=[FileExtensionValidator(["pdf"])]),
            PROGRAM,
            "Không nhận tệp “exe”. Chỉ nhận: pdf.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_mistake_is_named_in_plain_vietnamese(field: forms.Field, typed: Any, told: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [told]
