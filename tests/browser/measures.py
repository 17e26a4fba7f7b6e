"""What is measured inside a page: axe, sizes of text and targets, what lies under the keyboard."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).with_name("axe.min.js")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OPEN_EVERYTHING = """() => document.querySelectorAll("details").forEach(one => one.open = true)"""

SMALL_TEXT = """([least, drawn]) => {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({visibilityProperty: true})) continue;
    const drawing = element.closest("svg");
    if (drawing && drawing.getAttribute("aria-hidden") === "true") continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    if (drawing) {
      const turned = element.getScreenCTM();
      size *= Math.hypot(turned.c, turned.d);
    }
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const name = `${element.tagName}.${element.getAttribute("class")}`;
    if (size < (drawing ? drawn : least) - 0.1)
      found.set(`${name} ${size.toFixed(1)}px: ${text.slice(0, 40)}`, 1);
  }
  return [...found.keys()].slice(0, 12);
}"""

SMALL_TARGETS = """least => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, summary, nav a, .button, .tags a")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".hidden"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && (box.height < least - 0.01 || box.width < least - 0.01))
  .map(([one, box]) => `${one.tagName}.${one.className} `
    + `${box.width.toFixed(0)}x${box.height.toFixed(1)}: ${one.textContent.trim().slice(0, 40)}`)
  .slice(0, 12)"""

WIDER_THAN_THE_WINDOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll"))
    .map(one => `${one.tagName}.${one.getAttribute("class")}`).slice(0, 12)
    .concat([`page ${document.documentElement.scrollWidth} > ${width}`]);
}"""


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds: rule, how bad, where; all rules unless some are named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    only: dict[str, Any] = (
        {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": _TAGS}
    )
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]
