"""The keyboard and the mouse, as the two ways in which a story may be carried out."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page

_MOST_TABS = 160
_FOCUSED = """
() => {
  const element = document.activeElement;
  // Past the last element the page itself has the focus, and the next Tab begins anew.
  if (element === document.body) return {text: ''};
  const box = element.getBoundingClientRect();
  // Of what is taller than the window, the part that is seen counts.
  const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const hit = document.elementFromPoint(box.x + Math.min(4, box.width / 2), middle);
  // Boxes of one question share its name.
  const entry = element.matches('[type=checkbox]') ? element.id : element.name;
  const said = element.matches('input, select, textarea') ? entry : element.innerText;
  return {
    text: (element.getAttribute('aria-label') || said || '').trim(),
    outline: getComputedStyle(element).outlineStyle,
    isCovered: !(hit && (element.contains(hit) || hit.contains(element))),
  };
}
"""


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the element of that name has the focus, which must be seen on every stop."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused["text"]:
            assert focused["outline"] != "none", f"The focus cannot be seen on {focused['text']}"
            assert not focused["isCovered"], f"Something covers {focused['text']} while it has the focus"
        if focused["text"] == text:
            return
    raise AssertionError(f"The keyboard does not reach “{text}” on {page.url}")


class Hands(Protocol):
    """What a story does with a page: links and buttons by their text, inputs by their names."""

    def press(self, page: Page, text: str) -> None:
        """Follow a link or press a button, to the page that it leads to."""

    def write(self, page: Page, field: str, text: str) -> None:
        """Write into an input, in place of what stands there."""

    def choose(self, page: Page, field: str, option: str) -> None:
        """Choose of a list."""

    def tick(self, page: Page, box: str) -> None:
        """Tick a box, by its id."""

    def lift(self, page: Page, row: str) -> None:
        """Move a row of one's own up by one place."""


class Keyboard:
    """Nothing but keys."""

    def press(self, page: Page, text: str) -> None:
        """Go there with Tab, and press Enter."""
        tab_to(page, text)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def write(self, page: Page, field: str, text: str) -> None:
        """Go there with Tab, and type over what stands there."""
        tab_to(page, field)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)

    def choose(self, page: Page, field: str, option: str) -> None:
        """Go there with Tab, and type how the option begins."""
        tab_to(page, field)
        page.keyboard.type(option)

    def tick(self, page: Page, box: str) -> None:
        """Go there with Tab, and press Space."""
        tab_to(page, box)
        page.keyboard.press("Space")

    def lift(self, page: Page, row: str) -> None:
        """Press Alt and the arrow upwards on the row's link."""
        tab_to(page, row)
        page.keyboard.press("Alt+ArrowUp")


class Mouse:
    """Clicks, drags, and text where a click has put the caret."""

    def press(self, page: Page, text: str) -> None:
        """Click on it."""
        link = page.get_by_role("link", name=text, exact=True)
        with page.expect_navigation():
            link.or_(page.get_by_role("button", name=text, exact=True)).first.click()

    def write(self, page: Page, field: str, text: str) -> None:
        """Click into it and fill it in."""
        entry = page.locator(f"[name='{field}']")
        entry.click()
        entry.fill(text)

    def choose(self, page: Page, field: str, option: str) -> None:
        """Choose the option."""
        page.locator(f"select[name='{field}']").select_option(label=option)

    def tick(self, page: Page, box: str) -> None:
        """Click on its label."""
        page.locator(f"label[for='{box}']").click()

    def lift(self, page: Page, row: str) -> None:
        """Drag the row onto the one above it."""
        rows = page.locator("tr[data-place]")
        texts = rows.get_by_role("rowheader").get_by_role("link").all_inner_texts()
        rows.nth(texts.index(row)).drag_to(rows.nth(texts.index(row) - 1))
