from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ..conftest import SECRET_KEY, Caller


class Page(HTMLParser):
    """
    What a page without scripts offers: its text, its links, and its forms with what they send.

    Attributes:
        forms: Address, fields to begin with, and buttons (what they read, name and value) of each form that posts.
    """

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.response = response
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str], list[tuple[str, str, str]]]] = []
        self.tags: list[str] = []
        self._texts: list[str] = []
        self._posts = False
        self.feed(response.text)

    @property
    def text(self) -> str:
        """What can be read, its white space folded."""
        return re.sub(r"\s+", " ", " ".join(self._texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "a":
            self.links.append(given["href"])
        elif tag == "form":
            self._posts = given.get("method") == "post"
            if self._posts:
                self.forms.append((given["action"], {}, []))
        elif tag == "input" and self._posts:
            self.forms[-1][1][given["name"]] = given.get("value", "")
        elif tag == "button" and self.forms:
            self.forms[-1][2].append(("", given.get("name", ""), given.get("value", "")))

    def handle_data(self, data: str) -> None:
        self._texts.append(data)
        if self.forms and self.forms[-1][2] and self.forms[-1][2][-1][0] == "" and data.strip():
            _, name, value = self.forms[-1][2][-1]
            self.forms[-1][2][-1] = (data.strip(), name, value)

    def buttons(self) -> list[str]:
        """What its buttons read."""
        return [label for _, _, buttons in self.forms for label, _, _ in buttons]


class Browser:
    """
    Opens pages of a sandbox and presses their buttons, over plain HTTP, as a browser without scripts does.
    """

    def __init__(self, api: Caller) -> None:
        self.api = api
        self.account = str(api.ok("GET", "/account")["id"])
        self.base = f"/dashboard/{self.account}"

    def open(self, path: str, status: int = 200, **options: Any) -> Page:
        """The page at *path*, which begins with a slash, or at one of the account's: ``charges``."""
        address = path if path.startswith("/") else f"{self.base}/{path}"
        response = self.api.client.get(address, **options)
        assert response.status_code == status, response.text
        return Page(response)

    def press(self, page: str, label: str, /, at: str = "", **typed: str) -> TestResponse:
        """Press the button that reads so, of the form that posts to *at*, with what is typed into its fields."""
        for action, fields, buttons in self.open(page).forms:
            for reads, name, value in buttons:
                if reads == label and at in action:
                    assert {*typed} <= {*fields, "kind"}
                    pressed = {name: value} if name else {}
                    return self.api.client.post(action, data=fields | typed | pressed)
        raise AssertionError(f"no button reads {label}")

    def follow(self, response: TestResponse) -> Page:
        """The page that a browser is sent on to."""
        assert response.status_code == 303, response.text
        return self.open(response.headers["Location"])


@pytest.fixture
def browser(api: Caller) -> Browser:
    assert api.ok("GET", "/account", key=SECRET_KEY)
    return Browser(api)
