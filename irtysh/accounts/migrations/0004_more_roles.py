"""Make the groups of the roles that were missing, and let all who work in the office into it."""

from __future__ import annotations

from django.db import migrations

# Names are repeated here, not imported: a migration must not change when roles.py does.
OFFICE = ("Editor", "Analyst", "Coordinator", "Translator", "Moderator", "Administrator")
SHOW_PICTURES_AND_FILES = (
    ("wagtailimages", "image", ("add", "choose")),
    ("wagtaildocs", "document", ("add", "choose")),
)
WITH_FILES = ("Analyst", "Coordinator", "Moderator")


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in OFFICE:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
    Group.objects.get_or_create(name="Member")
    _let_translators_translate(apps)
    for name in WITH_FILES:
        _let_choose_files(apps, Group.objects.get(name=name))


def _let_translators_translate(apps):
    """Let them open the translation editor, which asks for the right to change the page."""
    Page = apps.get_model("wagtailcore.Page")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    Permission = apps.get_model("auth.Permission")
    translator = apps.get_model("auth.Group").objects.get(name="Translator")
    translator.permissions.add(Permission.objects.get(codename="submit_translation"))
    GroupPagePermission.objects.get_or_create(
        group=translator,
        page=Page.objects.get(depth=1),
        permission=_permission(apps, "wagtailcore", "page", "change"),
    )


def _let_choose_files(apps, group):
    Collection = apps.get_model("wagtailcore.Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    for app_label, model, actions in SHOW_PICTURES_AND_FILES:
        for action in actions:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=Collection.objects.get(depth=1),
                permission=_permission(apps, app_label, model, action),
            )


def _permission(apps, app_label, model, action):
    """Return a permission that Django itself would only make after all migrations."""
    ContentType = apps.get_model("contenttypes.ContentType")
    Permission = apps.get_model("auth.Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
