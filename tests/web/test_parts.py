"""What the parts of a page say, and that none tells anything by colour alone."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.loader import get_template
from django.utils.functional import SimpleLazyObject

import danvan
from danvan.rules.ledger import STATE_NAMES, State
from danvan.web import wording
from danvan.web.charts import bars
from danvan.web.icons import ICONS

PACKAGE = Path(danvan.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def written(source: str, **values: Any) -> str:
    return engines["django"].from_string(source).render(values)


def bare(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Letter(forms.Form):
    content = forms.CharField(label="Nội dung", min_length=20, help_text="Càng cụ thể càng tốt.")
    kind = forms.ChoiceField(label="Việc", choices=[("a", "Phản ánh"), ("b", "Kiến nghị")], widget=forms.RadioSelect)
    phone = forms.CharField(label="Điện thoại", required=False)


def test_states_are_worded_as_in_the_ledger() -> None:
    assert {state: str(look.text) for state, look in wording.STATE_LOOKS.items()} == STATE_NAMES


@pytest.mark.parametrize("state", State)
def test_a_state_is_told_by_words_and_an_icon(state: State) -> None:
    badge = written("{% state s %}", s=state.value)
    assert bare(badge) == STATE_NAMES[state]
    assert badge.count('<svg class="icon"') == 1


def test_nothing_due_shows_no_badge() -> None:
    assert bare(written("{% lateness due on %}", due=None, on=date(2026, 3, 12))) == ""


def test_lateness_is_told_of_the_day_that_every_page_knows_as_today() -> None:
    lazy = SimpleLazyObject(lambda: date(2026, 3, 12))
    assert bare(written("{% lateness due today %}", due=date(2026, 3, 10), today=lazy)) == "Trễ 2 ngày"


@pytest.mark.parametrize(
    ("stopped", "told"),
    [(None, "Còn 4 ngày"), (date(2026, 3, 8), "Đúng hạn"), (date(2026, 3, 16), "Đúng hạn"), (date(2026, 3, 18), "Trễ 2 ngày")],
)  # fmt: skip
def test_a_stopped_clock_has_nothing_left_to_count(stopped: date | None, told: str) -> None:
    days = {"due": date(2026, 3, 16), "on": date(2026, 3, 12), "stopped": stopped}
    assert bare(written("{% lateness due on stopped %}", **days)) == told


def test_the_error_summary_leads_to_each_field() -> None:
    summary = written("{% errors form %}", form=Letter({"content": "ngắn"}))
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', summary) == [
        ("#id_content", "Nội dung: Cần ít nhất 20 ký tự, mới có 4."),
        ("#id_kind_0", "Việc: Hãy điền mục này."),
    ]
    assert "Có lỗi cần sửa" in summary


def test_every_link_of_the_error_summary_meets_a_control() -> None:
    form = Letter({})
    page = written("{% errors form %}{{ form }}", form=form)
    anchors = re.findall(r'<a href="#([^"]+)">', page)
    assert anchors
    assert [f'id="{anchor}"' in page for anchor in anchors] == [True] * len(anchors)


def test_without_errors_there_is_no_summary_and_no_word_in_the_title() -> None:
    form = Letter()
    assert bare(written("{% errors form %}|{% errors_in form %}|", form=form)) == "||"
    assert written("{% errors_in form %}Gửi", form=Letter({})) == "Lỗi: Gửi"


def test_a_summary_takes_plain_sentences_and_escapes_them() -> None:
    assert "<li>&lt;b&gt;sai</li>" in written("{% errors lines %}", lines=["<b>sai"])


def test_a_field_ties_its_label_hint_and_error_to_the_control() -> None:
    field = written("{{ form.content.as_field_group }}", form=Letter({"content": "ngắn"}))
    assert 'aria-describedby="id_content_helptext id_content_error"' in field
    assert 'id="id_content_helptext"' in field
    assert 'id="id_content_error"' in field
    assert 'aria-invalid="true"' in field
    assert '<label for="id_content">Nội dung</label>' in field


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    group = written("{{ form.kind.as_field_group }}", form=Letter())
    assert "<legend>Việc</legend>" in group
    assert '<label for="id_kind_1">Kiến nghị</label>' in group


def test_what_may_be_left_out_says_so() -> None:
    assert "Điện thoại (không bắt buộc)" in bare(written("{{ form.phone.as_field_group }}", form=Letter()))


def test_what_people_typed_is_never_markup() -> None:
    timeline = '{% include "web/parts/timeline.html" with steps=steps %}'
    assert "<script>" not in written(timeline, steps=[{"title": "<script>", "text": "<script>", "who": "<script>"}])


def test_bars_share_one_scale_from_zero() -> None:
    drawn = bars([("a", 50), ("b", 200), ("c", 0), ("d", None), ("e", 1)])
    assert [bar.length for bar in drawn] == ["25.00", "100.00", "0.00", "0.00", "1.00"]
    assert [bar.start for bar in drawn] == ["75.00", "0.00", "100.00", "100.00", "99.00"]


def test_a_chart_says_its_figures_in_words_too() -> None:
    source = '{% bars rows title="Theo lĩnh vực" conclusion="Đất đai nhiều nhất." unit="ý kiến" %}'
    assert bare(written(source, rows=[("Đất đai", 1289), ("Y tế", None)])) == (
        "Theo lĩnh vực Đất đai nhiều nhất. Theo lĩnh vực Mục ý kiến Đất đai 1.289 ý kiến Y tế – ý kiến"
    )


def test_attributes_of_a_drawing_have_no_vietnamese_comma() -> None:
    drawn = written('{% columns rows title="t" %}', rows=[("T1", 1), ("T2", 3)])
    assert re.findall(r'height="([^"]+)"', drawn) == ["33.33", "100.00"]


def test_a_year_keeps_its_digits_together() -> None:
    assert written("{{ year|plain }} {{ year|number }}", year=2026) == "2026 2.026"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_compiles_and_keeps_the_content_security_policy(path: Path) -> None:
    get_template(str(path).split("/templates/", 1)[1])
    source = path.read_text()
    assert re.findall(r"""\s(?:style|on[a-z]+)=["']""", source) == []
    assert (
        re.findall(r"<script(?![^>]*\ssrc=)|<style|https?://", source.replace("http://www.w3.org/2000/svg", "")) == []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_names_only_icons_that_exist(path: Path) -> None:
    assert set(re.findall(r"""\{% icon ["']([a-z-]+)["']""", path.read_text())) <= set(ICONS)
