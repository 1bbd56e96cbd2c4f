"""What a person or a machine is told when something is refused or breaks."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.refusing_urls import REFUSALS

pytestmark = pytest.mark.urls("tests.web.refusing_urls")
STATUSES = {"forbidden": 403, "elsewhere": 403, "absent": 404, "late": 409, "wrong": 422, "often": 429}


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_refusal_becomes_a_page_with_its_sentence(client: Client, name: str, status: int) -> None:
    response = client.get(f"/refuse/{name}/")
    assert response.status_code == status
    assert REFUSALS[name].sentence in response.content.decode()


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_machine_gets_the_refusal_as_json(client: Client, name: str, status: int) -> None:
    response = client.get(f"/api/refuse/{name}/")
    error = REFUSALS[name]
    assert response.status_code == status
    assert response.json() == {"code": error.code, "message": error.sentence, "field": error.field}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/khong-co-trang-nay/", 404, "Không tìm thấy trang"),
        ("/forbid/", 403, "Bạn không được làm việc này"),
        ("/fall/", 500, "Hệ thống gặp lỗi"),
    ],
)
def test_error_pages_need_no_database(static_files: Path, path: str, status: int, words: str) -> None:
    """This test has no database: touching it would fail."""
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")
    page = response.content.decode()
    assert f"<h1>{words}</h1>" in page
    assert 'lang="vi"' in page


def test_too_much_data_is_called_that(static_files: Path, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = Client().post("/read/", "mười ký tự là quá nhiều", content_type="text/plain")
    assert response.status_code == 413
    assert "Nội dung gửi lên quá lớn" in response.content.decode()


def test_a_form_that_lay_open_too_long_is_explained(static_files: Path) -> None:
    response = Client(enforce_csrf_checks=True).post("/read/")
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


def test_too_many_attempts_are_told_to_wait(client: Client, db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/tai-khoan/dang-nhap/", {})
    response = client.post("/tai-khoan/dang-nhap/", {})
    assert response.status_code == 429
    assert "Ông/Bà đã thử quá nhiều lần" in response.content.decode()
