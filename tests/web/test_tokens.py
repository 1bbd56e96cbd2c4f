"""The colours of the style sheet are readable by measure, not by taste."""

import re
from pathlib import Path

import pytest

import danvan.web

STATIC = Path(danvan.web.__file__).parent / "static" / "web"
SHEET = (STATIC / "danvan.css").read_text()
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", SHEET))
TEXT = 4.5
SHAPES = 3.0


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(TOKENS[one]), luminance(TOKENS[other])])
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_measures_twenty_one() -> None:
    assert (luminance("#ffffff") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[
            ("ink", ground)
            for ground in ("paper", "wash", "focus", "action-wash", "good-wash", "warn-wash", "danger-wash")
        ],
        *[("muted", ground) for ground in ("paper", "wash")],
        *[("action", ground) for ground in ("paper", "wash", "action-wash")],
        *[("action-deep", ground) for ground in ("paper", "wash", "action-wash")],
        *[
            ("paper", ground)
            for ground in ("action", "action-deep", "head", "head-deep", "good", "danger", "danger-deep")
        ],
        *[(tone, ground) for tone in ("good", "warn", "danger") for ground in ("paper", f"{tone}-wash")],
        *[("head", ground) for ground in ("paper", "wash")],
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= TEXT


@pytest.mark.parametrize(
    ("shape", "ground"), [("edge", "paper"), ("edge", "wash"), ("ink", "focus"), ("head", "paper"), ("action", "paper")]
)
def test_the_edge_of_a_control_can_be_seen(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= SHAPES


def test_every_colour_is_a_token() -> None:
    """Outside the block of tokens no sheet for the screen names a colour of its own."""
    rest = SHEET.split("}", 1)[1] + (STATIC / "desk.css").read_text()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rest) == []


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_a_sheet_asks_no_other_machine(sheet: Path) -> None:
    assert re.findall(r"url\(|@import|https?:", sheet.read_text()) == []
