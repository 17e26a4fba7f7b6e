"""What every register needs of the database besides its tables: permissions, and the review."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from wagtail.models import Workflow, WorkflowContentType

from irtysh.accounts.permissions import sync_groups
from irtysh.accounts.roles import REVIEW
from irtysh.registries.records.models import registers
from irtysh.registries.records.policy import object_of


def after_migrations(using: str = "default", **_rest: Any) -> None:
    """Bring groups and review up to date; does nothing while some tables are still missing."""
    tables = set(connections[using].introspection.table_names())
    needed = {"auth_permission", "wagtailcore_workflowcontenttype", "django_content_type"}
    if needed <= tables:
        give_permissions()
        send_to_review()


def give_permissions() -> None:
    """Give the groups of the roles what the matrix says, as permissions that Wagtail asks for."""
    for register, model in registers().items():
        sync_groups({object_of(register): model})


def send_to_review() -> None:
    """Let the records of every register go through the workflow that pages go through."""
    workflow = Workflow.objects.filter(name=REVIEW).first()
    if workflow is None:
        return
    for model in registers().values():
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        WorkflowContentType.objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )
