"""The offset of a page, which can be called as the method of that name in the official package is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self


class Offset(int):
    """The place where a page begins, which can be called as the method of that name in the official package is."""

    _page: Any

    def _of(self, page: Any) -> Self:
        self._page = page
        return self

    def __call__(self, *, limit: int = 20, offset: int = 0, order: str | None = None) -> list[Any]:
        """Fetch *limit* records from the place *offset* on, in *order*, and return them as a list of Python's."""
        asked: dict[str, Any] = {"limit": limit, "offset": offset, **({"order": order} if order else {})}
        records: list[Any] = self._page(**asked).to_a()
        return records
