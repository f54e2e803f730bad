"""What a refused page of the desk says: which right is missing, who has it, and whom to ask."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest

ASK = "Ask a superuser of this site to give it to you, or somebody who has it to do this for you."
# The rights that a page takes, by how Django names its address; each is asked for after the one before.
LOOKING = {
    **{"changelist": ("view",), "history": ("view",), "change": ("view",)},
    **{"add": ("add",), "password_change": ("change",)},
    **{"state": ("view",), "deleted": ("view",), "bringback": ("view",)},
}
SAVING = {
    "changelist": ("view", "delete", "publish"),
    "change": ("view", "change", "publish"),
    "state": ("view", "change", "publish"),
    "bringback": ("view", "add", "publish"),
}
DELETING = {"delete": ("delete", "publish")}


def sentences(request: HttpRequest) -> list[str]:
    """Of the page that a request was refused."""
    right = _missing(request)
    if right is None:
        return ["Your account may not do this.", "Ask a superuser of this site."]
    public = ["What is public is on pages at once."] if right.codename.startswith("publish_") else []
    return [*public, f"This takes the right “{right.name}”, which your account does not have.", _who_has(right), ASK]


def _missing(request: HttpRequest) -> Permission | None:
    """The first right that the page takes and the user does not have."""
    app, model, action = _named(request)
    taken = {**LOOKING, **DELETING, **({} if request.method in ("GET", "HEAD") else SAVING)}
    for verb in taken.get(action, ()):
        if not request.user.has_perm(f"{app}.{verb}_{model}"):
            return Permission.objects.filter(content_type__app_label=app, codename=f"{verb}_{model}").first()
    return None


def _named(request: HttpRequest) -> tuple[str, str, str]:
    """App, model and action from the name of an address of the desk, such as catalog_gpu_change."""
    match = request.resolver_match
    app, _, rest = ((match and match.url_name) or "").partition("_")
    model, _, action = rest.partition("_")
    is_model = app in apps.app_configs and model in apps.all_models[app]
    return (app, model, action) if is_model else ("", "", "")


def _who_has(right: Permission) -> str:
    names = sorted(Group.objects.filter(permissions=right).values_list("name", flat=True))
    if not names:
        return "No group has it: only superusers do."
    return f"The group {names[0]} has it." if len(names) == 1 else f"The groups {' and '.join(names)} have it."
