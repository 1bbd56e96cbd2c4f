from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import PASSWORD, Officer


@pytest.fixture
def type_password(client: Client) -> Callable[..., Any]:
    """Goes through the sign-in page itself, as a person does."""

    def typed(officer: Officer, password: str = PASSWORD, **extra: str) -> Any:
        words = {"login": officer.account.username, "password": password, **extra}
        return client.post("/tai-khoan/dang-nhap/", words)

    return typed
