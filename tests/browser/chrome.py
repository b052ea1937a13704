"""A real browser for the page: the system's Chromium, without a network of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.patience import WITHIN_S

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser, closed at the end."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, *, phone: bool = False) -> AsyncIterator[Page]:
    """The page at a desk's or a phone's size; what it complains about in the console fails the test."""
    context = await browser.new_context(
        viewport=PHONE if phone else DESK, has_touch=phone, is_mobile=phone, locale="vi-VN"
    )
    page = await context.new_page()
    page.set_default_timeout(WITHIN_S * 1000)
    expect.set_options(timeout=WITHIN_S * 1000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        await page.goto(url)
        yield page
        assert complaints == []
    finally:
        await context.close()
