from pathlib import Path

import pytest

from danvan.units.roles import ROLES, Permission, as_markdown

GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan" / "quyen-han.md"


def test_the_guide_says_what_the_roles_are():
    assert GUIDE.read_text() == as_markdown()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_each_role_has_a_title_and_one_sentence(role):
    assert role.title
    assert role.sentence.endswith(".")


def test_every_permission_is_held_by_some_role():
    assert {p for role in ROLES.values() for p in role.permissions} == set(Permission)


def test_whoever_sees_beyond_their_unit_opens_no_contact():
    assert [r.key for r in ROLES.values() if r.subtree and r.may(Permission.CONTACT_OPEN)] == []


def test_the_auditor_and_the_operator_write_nothing_about_matters():
    writing = {Permission.MATTER_HANDLE, Permission.MATTER_TAKE_IN, Permission.MATTER_SUPERVISE, Permission.SHEET_SIGN}
    assert [key for key in ("auditor", "operator") if ROLES[key].permissions & writing] == []
