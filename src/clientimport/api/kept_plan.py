"""A plan that was kept in a file, before it is pushed."""

from __future__ import annotations

from pathlib import Path

from clientimport.api.source import files_sha256
from clientimport.errors import UsageError
from clientimport.model.platform_schema import PlatformSchema
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.plan_file import load_plan, parse_plan
from clientimport.storage.named_files import named_files


def load_kept_plan(path: Path, content: bytes | None, schema: PlatformSchema) -> Plan:
    """Return the plan in a file, or in these bytes.

    Raises FileUnreadable for what is no plan, UsageError for another platform's, or when its list was changed since.
    """
    plan = load_plan(path) if content is None else parse_plan(content, path)
    if plan.platform != schema.id:
        raise UsageError("plan.other_platform", planned=plan.platform, platform=schema.id)
    files = named_files(plan.source.file)
    if files and files_sha256(files, None) != plan.source.sha256:
        raise UsageError("plan.source_changed", file=plan.source.file)
    return plan
