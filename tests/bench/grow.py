"""A catalog several times as large, for the benchmark only."""

from catalog.models import Gpu, LanguageModel


def grow(times: int) -> None:
    """Copy every GPU and model until there are `times` as many; names and slugs are numbered."""
    for model in (Gpu, LanguageModel):
        rows = list(model.objects.all())
        copies = []
        for number in range(2, times + 1):
            for row in rows:
                values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
                values |= {"id": None, "slug": f"{row.slug}-x{number}", "name": f"{row.name} x{number}"}
                copies.append(model(**values))
        model.objects.bulk_create(copies, batch_size=500)
