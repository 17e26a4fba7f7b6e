"""Turn Wagtail's two groups into our three roles, and its default workflow into the review."""

from __future__ import annotations

from django.db import migrations

# Names are repeated here, not imported: a migration must not change when roles.py does.
ADMINISTRATOR_MODELS = {
    ("wagtailcore", "locale"): ("add", "change", "delete"),
    ("wagtailcore", "site"): ("add", "change", "delete"),
    ("wagtailcore", "collection"): ("add", "change", "delete"),
    ("wagtailcore", "workflow"): ("add", "change", "delete"),
    ("wagtailcore", "task"): ("add", "change", "delete"),
    ("wagtailcore", "groupapprovaltask"): ("add", "change", "delete"),
    ("wagtailredirects", "redirect"): ("add", "change", "delete"),
    ("accounts", "user"): ("add", "change", "delete"),
    ("auth", "group"): ("add", "change", "delete"),
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    Group.objects.filter(name="Editors").update(name="Editor")
    Group.objects.filter(name="Moderators").update(name="Administrator")
    administrator = Group.objects.get(name="Administrator")
    analyst, _ = Group.objects.get_or_create(name="Analyst")

    analyst.permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="submit_translation"),
    )
    for (app_label, model), actions in ADMINISTRATOR_MODELS.items():
        for action in actions:
            administrator.permissions.add(_permission(apps, app_label, model, action))
    _let_analysts_change_pages(apps, analyst)
    _rename_workflow(apps, [analyst, administrator])


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


def _let_analysts_change_pages(apps, analyst):
    Page = apps.get_model("wagtailcore.Page")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    GroupPagePermission.objects.get_or_create(
        group=analyst,
        page=Page.objects.get(depth=1),
        permission=_permission(apps, "wagtailcore", "page", "change"),
    )


def _rename_workflow(apps, reviewers):
    Workflow = apps.get_model("wagtailcore.Workflow")
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    Workflow.objects.filter(name="Moderators approval").update(name="Review")
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        task.name = "Review"
        task.save()
        task.groups.set(reviewers)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        # The tables of packages come first: each model of ours points at users, so every step of
        # a package taken after ours would have Django render all of our models again.
        ("otp_totp", "0003_add_timestamps"),
        ("sessions", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
