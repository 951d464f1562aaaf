"""
Pages that nobody writes by hand: the reference, the changelog, and the examples, which stand elsewhere.

A hook of MkDocs. In the Markdown of a page, links lead to where a file stands in the repository; here they are turned
to the pages of the site.
"""

from __future__ import annotations

import re
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from omise.directory import RESOURCES  # noqa: E402

TYPES = ROOT / "omise" / "resources" / "parameters"

ELSEWHERE = {"CHANGELOG.md": "changelog.md", "benchmarks/RESULTS.md": "results.md"}
"""Files that stand elsewhere in the repository, and their pages."""

EXAMPLES = {
    "shop": ["shop.py"],
    "marketplace": ["marketplace.py"],
    "reconcile": ["reconcile.py"],
    "customers": ["customers.py"],
    "flask_shop": ["flask_shop.py"],
    "django_shop": [
        f"django_shop/{name}.py" for name in ("orders/views", "orders/models", "urls", "settings", "wsgi", "manage")
    ],
    "fastapi_shop": ["fastapi_shop.py"],
    "celery_tasks": ["celery_tasks.py"],
    "dask_export": ["dask_export.py"],
    "compose": ["compose.yaml", "sandbox.Dockerfile"],
}
"""The pages of examples, each with its files."""

PAGE_OF = {path: page for page, paths in EXAMPLES.items() for path in paths}

PARTS = {
    "Settings": ["omise.config.Config", "omise.checks.Timeout"],
    "Accounts": ["omise.client.Client", "omise.client.request", "omise.records.access.using"],
    "Every call": ["omise.records.parameters", "omise.resources.parameters.common"],
    "Every record": ["omise.records.resource.Resource", "omise.records.resource.json_default"],
    "Lists and searches": [
        "omise.records.listing.List",
        "omise.records.paged.Paged",
        "omise.records.search.SearchScope",
        "omise.records.search.Search",
    ],
    "Money": ["omise.money.Money"],
    "Hooks": ["omise.hooks", "omise.telemetry"],
    "Errors": ["omise.errors", "omise.resolution", "omise.notices"],
    "Webhook": ["omise.webhook.Webhook"],
    "Asynchronous calls": ["omise.aio"],
    "The sandbox": [
        "omise.sandbox.embedded.Sandbox",
        "omise.sandbox.server.Server",
        "omise.sandbox.server.serve",
        "omise.sandbox.app.Application",
        "omise.sandbox.http.faults.Fault",
        "omise.sandbox.state.clock.Clock",
        "omise.sandbox.http.received.ReceivedRequest",
    ],
    "Testing": [
        "omise.testing.plugin.omise_sandbox",
        "omise.testing.plugin.omise_sandbox_server",
        "omise.testing.plugin.omise_vcr",
        "omise.testing.servers.sandbox_server",
        "omise.testing.replaying.cassette",
        "omise.testing.network.api_refused",
        "omise.testing.leaks.check_cassettes",
        "omise.testing.cassettes.recorder",
        "omise.testing.cassettes.vcr_config",
    ],
    "Drift": ["omise.records.drift"],
}
"""The pages of the reference beside those of the resources, each with what it shows."""


OPTIONS = {
    "omise.records.resource.Resource": "\n    options:\n      inherited_members: true",
    "omise.sandbox.http.faults.Fault": "\n    options:\n      members: []",  # its methods are for the sandbox itself
}
"""What is shown in another way than the rest."""

SHOWN = {
    module: sorted(names, key=lambda name: name.lower() != module.replace("_", ""))
    for module, names in RESOURCES.items()
    if names and module not in ("schedulable", "tokenization")  # parts of resources, shown with them
}
"""The pages of resources, each with its classes: that of its name first."""


WIDEST = 98
"""How many columns of code there are between the navigation and the contents."""

STACKED = 3
"""How many columns are too many for a telephone."""

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader"}
"""What the parts of a table are, also where they are not shown as such."""

REMARK = re.compile(r"^( *)(\S.*?) +(# .*)$", re.MULTILINE)


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def on_config(config: Any) -> Any:
    """Put the examples and the reference into the navigation."""
    resources = [f"reference/{module}.md" for module in SHOWN]
    found = {
        "Examples": [f"examples/{name}.md" for name in EXAMPLES],
        "Reference": [*(f"reference/{slug(title)}.md" for title in PARTS), {"Resources": resources}],
    }
    config.nav = [{name: found.get(name, pages) for name, pages in each.items()} for each in config.nav]
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made here."""
    pages = {page: (ROOT / path).read_text() for path, page in ELSEWHERE.items()}
    pages |= {f"examples/{name}.md": example(paths) for name, paths in EXAMPLES.items()}
    pages |= {f"reference/{slug(title)}.md": part(title, shown) for title, shown in PARTS.items()}
    pages |= {f"reference/{module}.md": resource(module, names) for module, names in SHOWN.items()}
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **kwargs: Any) -> str:
    """Turn links to files of the repository into links to their pages."""
    if page.file.generated_by:
        return markdown
    markdown = REMARK.sub(_nearer, markdown)
    for path, target in ELSEWHERE.items():
        markdown = markdown.replace(f"](../{path})", f"]({target})")
    return re.sub(r"\]\(\.\./examples/([\w./]+)\)", lambda link: f"](examples/{PAGE_OF[link[1]]}.md)", markdown)


def on_page_content(html: str, **kwargs: Any) -> str:
    """Have tables that are moved from side to side be reached by keyboard, and wide ones be read on a telephone."""
    return re.sub(r"<table>.*?</table>", _fitting, html, flags=re.DOTALL)


def on_post_page(output: str, **kwargs: Any) -> str:
    """Give the theme's dialog a name, for who cannot see it."""
    return output.replace('role="dialog"', 'role="dialog" aria-label="Search"')


def _fitting(table: re.Match[str]) -> str:
    """Name the column at each cell of a wide table: where it is narrow, the cells of a row stand below each other."""
    text, heads = table[0], re.findall(r"<th[^>]*>(.*?)</th>", table[0])
    if not any(heads):
        text = re.sub(r"<thead>.*?</thead>", "", text, flags=re.DOTALL)
    if len(heads) < STACKED:
        return f'<div class="table" tabindex="0" role="region" aria-label="Table">{text}</div>'
    column = cycle(re.sub(r"<[^>]+>", "", head) for head in heads)
    text = re.sub(r"<td", lambda cell: f'<td role="cell" data-column="{next(column)}"', text)
    for tag, role in ROLES.items():
        text = re.sub(rf"<{tag}(?=[ >])", f'<{tag} role="{role}"', text)
    return f'<div class="table stacked" tabindex="0" role="region" aria-label="Table">{text}</div>'


def _nearer(line: re.Match[str]) -> str:
    """Put what a line gives below it, and any other remark nearer to it, where it would not fit beside it."""
    if len(line[0]) <= WIDEST:
        return line[0]
    apart = f"\n{line[1]}" if line[3].startswith(("# =>", "# raises")) else "  "
    return f"{line[1]}{line[2]}{apart}{line[3]}"


def example(paths: list[str]) -> str:
    """The page of an example: its files as they are."""
    title = paths[0] if len(paths) == 1 else paths[0].partition("/")[0]
    parts = ["---\nhide: [toc]\n---", "", f"# {title}", ""]
    for path in paths:
        language = {".py": "python", ".yaml": "yaml"}.get(Path(path).suffix, "docker")
        parts += [f'```{language} title="examples/{path}"', (ROOT / "examples" / path).read_text().rstrip(), "```", ""]
    return "\n".join(parts)


def part(title: str, shown: list[str]) -> str:
    """A page of the reference."""
    return "\n\n".join([f"# {title}", *(f"::: {name}{OPTIONS.get(name, '')}" for name in shown)])


def resource(module: str, names: list[str]) -> str:
    """The page of a resource: its classes, then the types of what they take."""
    parts = [f"# {names[0]}", *(f"::: omise.resources.{module}.{name}" for name in names)]
    if (TYPES / f"{module}.py").exists():
        options = (
            "\n    options:\n      show_root_toc_entry: false\n      show_root_heading: false\n      heading_level: 3"
        )
        parts += ["## Types", f"::: omise.resources.parameters.{module}{options}"]
    return "\n\n".join(parts)
