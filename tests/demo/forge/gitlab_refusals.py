"""What the GitLab face answers when it refuses, as python-gitlab tells it."""

from __future__ import annotations

import pytest
from gitlab.exceptions import GitlabError


def refusal(error: pytest.ExceptionInfo[GitlabError]) -> tuple[int | None, str]:
    return error.value.response_code, str(error.value.error_message)
